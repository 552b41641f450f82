/** One element of a JSON array: its text, and the line (from 1) at which it begins. */
export interface JsonElement {
  readonly line: number;
  readonly text: string;
}

/** Why a text is no JSON array, and at which line that shows. */
export interface JsonFault {
  readonly line: number;
  readonly problem: string;
}

const blank = /[\s\uFEFF]/;

/**
 * Cuts a JSON array into the texts of its elements as the text comes in, without parsing them and without holding more
 * than one: a broken element is told by its own line and leaves the others whole.
 */
export class JsonArrayCutter {
  private line = 1;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private startLine = 0;
  private kept = '';
  private isOpen = false;
  private isDone = false;
  private found: JsonFault | null = null;

  get fault(): JsonFault | null {
    return this.found;
  }

  /** Takes the next piece of the text; answers the elements that ended in it. */
  push(piece: string): JsonElement[] {
    const elements: JsonElement[] = [];
    let from = this.startLine > 0 ? 0 : -1;
    for (let at = 0; at < piece.length && !this.found; at += 1) {
      const char = piece.charAt(at);
      if (char === '\n') this.line += 1;
      if (this.inString) {
        this.withinString(char);
        continue;
      }
      if (this.depth === 1 && (char === ',' || char === ']')) {
        if (this.startLine > 0) elements.push(this.cut(piece.slice(Math.max(from, 0), at)));
        else if (char === ',') this.fail('a comma stands where an entry should be');
        from = -1;
        if (char === ']') this.depth = 0;
        this.isDone = this.depth === 0;
        continue;
      }
      if (blank.test(char)) continue;
      if (this.depth === 0 && !this.opens(char)) break;
      if (this.isOpen && this.startLine === 0 && this.depth === 1) {
        this.startLine = this.line;
        from = at;
      }
      this.step(char);
    }
    if (this.startLine > 0) this.kept += piece.slice(Math.max(from, 0));
    return elements;
  }

  /** To be called after the last piece: tells an array that was never closed. */
  end(): JsonFault | null {
    if (this.found || this.isDone) return this.found;
    if (!this.isOpen) this.fail('the file is empty: it must hold a JSON array of entries');
    else if (this.startLine > 0)
      this.fail(`the entry that begins on line ${this.startLine} is never closed: a quote or a bracket is missing`);
    else this.fail('the array is never closed: a bracket is missing, or the file was cut off');
    return this.found;
  }

  private withinString(char: string): void {
    if (this.escaped) this.escaped = false;
    else if (char === '\\') this.escaped = true;
    else if (char === '"') this.inString = false;
  }

  private step(char: string): void {
    if (char === '"') this.inString = true;
    else if (char === '[' || char === '{') {
      this.depth += 1;
      this.isOpen = true;
    } else if (char === ']' || char === '}') this.depth -= 1;
    if (this.depth < 1 && this.isOpen) this.fail('a bracket closes what none opened');
  }

  private opens(char: string): boolean {
    if (this.isDone) this.fail('something stands after the end of the array');
    else if (char !== '[') this.fail('the file must hold a JSON array of entries: [ {…}, {…} ]');
    return !this.found;
  }

  private cut(rest: string): JsonElement {
    const element = { line: this.startLine, text: this.kept + rest };
    this.startLine = 0;
    this.kept = '';
    return element;
  }

  private fail(problem: string): void {
    this.found = { line: this.line, problem };
  }
}
