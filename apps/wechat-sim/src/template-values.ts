const latinName = /^[\x20-\x7e]{1,20}$/;
const limits: Readonly<Record<string, (value: string) => boolean>> = {
  thing: (value) => size(value) <= 20,
  number: (value) => /^-?\d{1,32}(\.\d+)?$/.test(value) && size(value) <= 32,
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => size(value) <= 5,
  character_string: (value) => /^[\x20-\x7e]{1,32}$/.test(value),
  time: (value) => /\d{1,2}:\d{2}/.test(value),
  date: (value) => /^\d{4}(年|-|\/)\d{1,2}(月|-|\/)\d{1,2}/.test(value),
  amount: (value) => /^\D{0,3}\d+(\.\d{1,2})?\D{0,1}$/.test(value),
  phone_number: (value) => /^[\d+\-() ]{1,17}$/.test(value),
  car_number: (value) => size(value) <= 8,
  name: (value) => size(value) <= 10 || latinName.test(value),
  phrase: (value) => size(value) <= 5,
  const: (value) => size(value) <= 20,
};

/** Names the first parameter of a template or subscribe message that breaks its type's limits; null when all fit. */
export function templateProblem(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return 'data is not an object';
  for (const [key, holder] of Object.entries(data as Record<string, unknown>)) {
    const value = typeof holder === 'object' && holder !== null ? (holder as { value?: unknown }).value : undefined;
    const fits = limits[key.replace(/\d+$/, '')];
    if (typeof value !== 'string' || value === '') return `data.${key}.value is empty`;
    if (fits !== undefined && !fits(value)) return `data.${key}.value invalid`;
  }
  return null;
}

function size(value: string): number {
  return [...value].length;
}
