import { gapMark, placeMark, reachedMark, text } from './svg-marks';

/** How a share is shown: a colour, and a hatching that tells the same without it. */
interface Shade {
  readonly fill: string;
  readonly pattern: string | null;
}

const steps: readonly (Shade & { readonly least: number; readonly words: string })[] = [
  { least: 0.95, words: '95% 及以上', fill: '#8fc1e3', pattern: null },
  { least: 0.8, words: '80% – 95%', fill: '#c9def0', pattern: 'dots' },
  { least: 0.6, words: '60% – 80%', fill: '#fdf0d5', pattern: 'sparse' },
  { least: 0.4, words: '40% – 60%', fill: '#fbd0a0', pattern: 'dense' },
  { least: 0, words: '不到 40%', fill: '#f5a27a', pattern: 'cross' },
];
const unknown: Shade = { fill: '#efefef', pattern: null };

/** The shade of a share; of null where nobody lives. */
export function shadeOf(share: number | null): Shade {
  return share === null ? unknown : (steps.find((step) => share >= step.least) ?? unknown);
}

/** The hatchings. */
export function patterns(): string {
  const line = 'stroke="#5a4632" stroke-width="1.4" fill="none"';
  const pattern = (id: string, size: number, inside: string): string =>
    `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse">${inside}</pattern>`;
  return [
    '<defs>',
    pattern('dots', 14, '<circle cx="4" cy="4" r="1.5" fill="#2f5d83"/>'),
    pattern('sparse', 18, `<path d="M0 18L18 0" ${line}/>`),
    pattern('dense', 9, `<path d="M0 9L9 0" ${line}/>`),
    pattern('cross', 10, `<path d="M0 10L10 0M0 0L10 10" ${line}/>`),
    '</defs>',
  ].join('');
}

/** What shades and marks mean, from its upper left corner down. */
export function legend(x: number, y: number): string {
  const words = 'font-size="17" fill="#1a1a1a"';
  const head = 'font-size="18" font-weight="700" fill="#1a1a1a"';
  const shades = [...steps, { ...unknown, words: '没有居民点' }].map(({ fill, pattern, words: told }, at) => {
    const top = y + 34 + at * 42;
    const box = `x="${x}" y="${top}" width="46" height="30"`;
    const hatched = pattern === null ? '' : `<rect ${box} fill="url(#${pattern})"/>`;
    return `<rect ${box} fill="${fill}" stroke="#4a4a4a"/>${hatched}${text(x + 60, top + 21, told, words)}`;
  });
  const below = y + 34 + shades.length * 42 + 34;
  const marks: readonly (readonly [string, string])[] = [
    [placeMark([x + 22, below + 34]), '开放的服务点'],
    [reachedMark(x + 22, below + 70), '走得到的居民点'],
    [gapMark(x + 22, below + 106), '走不到的居民点'],
  ];
  return [
    text(x, y + 16, '走得到的居民点占比', head),
    ...shades,
    text(x, below, '图上的记号', head),
    ...marks.map(([mark, told], at) => `${mark}${text(x + 60, below + 40 + at * 36, told, words)}`),
    text(x, below + 172, '粗线：街道边界', words),
    text(x, below + 204, '细线：社区边界', words),
  ].join('');
}
