const none = -1;

/** Numbers under pairs of numbers below 65536, in one flat list: looked up for every two neighbours of every text. */
export interface PairTable {
  /** -1 where nothing stands. */
  get(first: number, second: number): number;
}

function placeOf(first: number, second: number, mask: number): number {
  const mixed = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) & mask;
}

/** A table of `[first, second, number]`; no pair comes twice. */
export function buildPairTable(pairs: readonly (readonly [number, number, number])[]): PairTable {
  let size = 16;
  while (size < 2 * pairs.length) size *= 2;
  const mask = size - 1;
  // The pair and its number stand side by side, so that one look into memory finds both.
  const cells = new Int32Array(2 * size).fill(none);
  for (const [first, second, number] of pairs) {
    let place = placeOf(first, second, mask);
    while (cells[2 * place + 1] !== none) place = (place + 1) & mask;
    cells[2 * place] = (first << 16) | second;
    cells[2 * place + 1] = number;
  }
  return {
    get: (first, second) => {
      const key = (first << 16) | second;
      for (let place = placeOf(first, second, mask); ; place = (place + 1) & mask) {
        const number = cells[2 * place + 1] as number;
        if (number === none || cells[2 * place] === key) return number;
      }
    },
  };
}
