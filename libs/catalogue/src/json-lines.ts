/** The line (from 1) at which each element of a JSON array begins; found without parsing the elements. */
export function elementLines(text: string): number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let inString = false;
  let expecting = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\n') line += 1;
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
      continue;
    }
    if (/\s/.test(char)) continue;
    const closes = char === ']' || char === '}';
    if (depth === 1 && expecting && !closes) {
      lines.push(line);
      expecting = false;
    }
    if (char === '"') inString = true;
    else if (char === '[' || char === '{') depth += 1;
    else if (closes) depth -= 1;
    if (depth === 1 && (char === ',' || lines.length === 0)) expecting = true;
  }
  return lines;
}
