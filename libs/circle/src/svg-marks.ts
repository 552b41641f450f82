/** A residential point that reaches what it needs. */
export function reachedMark(x: number, y: number): string {
  return `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="4" fill="#ffffff" stroke="#1a1a1a" stroke-width="1.5"/>`;
}

/** One that does not. */
export function gapMark(x: number, y: number): string {
  const d = `M${fixed(x - 6)} ${fixed(y - 6)}L${fixed(x + 6)} ${fixed(y + 6)}M${fixed(x + 6)} ${fixed(y - 6)}L${fixed(x - 6)} ${fixed(y + 6)}`;
  return `<path d="${d}" stroke="#ffffff" stroke-width="6"/><path d="${d}" stroke="#b00020" stroke-width="3"/>`;
}

/** A place. */
export function placeMark([x, y]: readonly [number, number]): string {
  const d = `M${fixed(x)} ${fixed(y - 8)}L${fixed(x + 8)} ${fixed(y + 6)}L${fixed(x - 8)} ${fixed(y + 6)}Z`;
  return `<path d="${d}" fill="#00429d" stroke="#ffffff" stroke-width="1.5"/>`;
}

export function text(x: number, y: number, words: string, attributes: string): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" ${attributes}>${escaped(words)}</text>`;
}

export function fixed(value: number): string {
  return value.toFixed(1);
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(0)}%`;
}

export function escaped(words: string): string {
  return words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
