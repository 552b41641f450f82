/** What a reader of XML is told, in the order of the text. */
export interface XmlListener {
  /** Names come without their prefixes. */
  open(name: string, attributes: (name: string) => string | undefined): void;
  text(text: string): void;
  close(name: string): void;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole;
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Where the tag that begins at `from` ends: the `>` outside of quotes; -1 when it has not come yet. */
function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at;
  }
  return -1;
}

/**
 * Reads the XML of a spreadsheet's parts as it comes in, holding no more than one tag or text. Declares nothing: a
 * document type, by which texts could be multiplied, is refused.
 */
export class XmlTokens {
  private rest = '';

  constructor(private readonly listener: XmlListener) {}

  push(piece: string): void {
    const text = this.rest + piece;
    let at = 0;
    while (at < text.length) {
      const next = text.startsWith('<', at) ? this.tag(text, at) : this.characters(text, at);
      if (next < 0) break;
      at = next;
    }
    this.rest = text.slice(at);
  }

  private characters(text: string, at: number): number {
    const end = text.indexOf('<', at);
    if (end < 0) return -1;
    this.listener.text(decoded(text.slice(at, end)));
    return end;
  }

  private tag(text: string, at: number): number {
    if (text.startsWith('<!', at)) return this.declaration(text, at);
    const end = endOfTag(text, at);
    if (end < 0) return -1;
    if (text.charAt(at + 1) === '/') this.listener.close(bare(text.slice(at + 2, end).trim()));
    else if (text.charAt(at + 1) !== '?') this.element(text.slice(at + 1, end));
    return end + 1;
  }

  private element(inside: string): void {
    const isWhole = inside.endsWith('/');
    const name = bare(/^[^\s/]+/.exec(inside)?.[0] ?? '');
    this.listener.open(name, (wanted) => {
      const found = new RegExp(`\\s(?:\\w+:)?${wanted}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(inside);
      const value = found?.[1] ?? found?.[2];
      return value === undefined ? undefined : decoded(value);
    });
    if (isWhole) this.listener.close(name);
  }

  private declaration(text: string, at: number): number {
    const kinds = [
      { begin: '<![CDATA[', end: ']]>' },
      { begin: '<!--', end: '-->' },
    ];
    if (text.length - at < 9 && !text.includes('>', at)) return -1;
    for (const { begin, end } of kinds) {
      if (!text.startsWith(begin, at)) continue;
      const to = text.indexOf(end, at + begin.length);
      if (to < 0) return -1;
      if (begin === '<![CDATA[') this.listener.text(text.slice(at + begin.length, to));
      return to + end.length;
    }
    throw new Error('it declares a document type, which no spreadsheet does');
  }
}
