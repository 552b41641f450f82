import type { ScoreSheet } from '@linli/assessment';

/** One unit's scores over months, oldest first; null where it had none. */
export interface Line {
  readonly name: string;
  readonly scores: readonly (number | null)[];
}

/** What all lines of a direction share: the months, the middle of all units, and where the scheme changed. */
export interface Months {
  readonly periods: readonly string[];
  readonly middle: readonly (number | null)[];
  /** Places of months that are reckoned by another scheme than the month before. */
  readonly changes: readonly number[];
}

const width = 158;
const height = 74;
const left = 20;
const right = 8;
const top = 16;
const bottom = 14;
const shown = 11;

/** The lines of all units of the last sheet, in its order, and what they share. */
export function linesOf(sheets: readonly ScoreSheet[]): { readonly lines: Line[]; readonly months: Months } {
  const scores = sheets.map((sheet) => new Map(sheet.items.map(({ subject, score }) => [subject.id, score])));
  const lines = (sheets.at(-1)?.items ?? []).map(({ subject: { id, name } }) => ({
    name,
    scores: scores.map((of) => of.get(id) ?? null),
  }));
  const changes = sheets.flatMap(({ schemeVersion }, at) =>
    at > 0 && sheets[at - 1]?.schemeVersion !== schemeVersion ? [at] : [],
  );
  return {
    lines,
    months: {
      periods: sheets.map(({ period }) => period),
      middle: scores.map((of) => middleOf([...of.values()])),
      changes,
    },
  };
}

/** The median; null of nothing. */
export function middleOf(scores: readonly number[]): number | null {
  const sorted = scores.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** One unit over the months, beside the middle of all, which is dashed: nothing is told by colour alone. */
export function lineChart({ name, scores }: Line, { periods, middle, changes }: Months): string {
  const at = (month: number): number => left + (month * (width - left - right)) / Math.max(1, periods.length - 1);
  const up = (score: number): number => top + ((100 - score) * (height - top - bottom)) / 100;
  const text = name.length > shown ? `${name.slice(0, shown - 1)}…` : name;
  const last = scores.at(-1) ?? null;
  const ruler = [0, 50, 100].map(
    (score) =>
      `<line x1="${left}" y1="${up(score)}" x2="${width - right}" y2="${up(score)}" stroke="#d5dbe1" stroke-width="0.5"/>` +
      `<text x="${left - 3}" y="${up(score) + 2}" text-anchor="end" font-size="6" fill="#444444">${score}</text>`,
  );
  const changed = changes.map(
    (month) =>
      `<line x1="${px(at(month - 0.5))}" y1="${top}" x2="${px(at(month - 0.5))}" y2="${height - bottom}" stroke="#7a2e00" stroke-width="0.6" stroke-dasharray="1 2"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Noto">`,
    `<text x="0" y="9" font-size="8">${escaped(text)}</text>`,
    `<text x="${width - right}" y="9" text-anchor="end" font-size="8">${last === null ? '—' : last.toFixed(2)}</text>`,
    ...ruler,
    ...changed,
    ...drawn(middle, at, up, 'stroke="#5f6b7a" stroke-width="0.7" stroke-dasharray="3 2"'),
    ...drawn(scores, at, up, 'stroke="#0b5394" stroke-width="1.3"'),
    ...dots(scores, at, up),
    `<text x="${left}" y="${height - 4}" font-size="6" fill="#444444">${periods[0] ?? ''}</text>`,
    `<text x="${width - right}" y="${height - 4}" text-anchor="end" font-size="6" fill="#444444">${periods.at(-1) ?? ''}</text>`,
    '</svg>',
  ].join('');
}

type Scale = (value: number) => number;

/** A line is broken where a month has no score. */
function drawn(scores: readonly (number | null)[], at: Scale, up: Scale, stroke: string): string[] {
  return scores.flatMap((score, month) => {
    const next = scores[month + 1];
    if (score === null || next === null || next === undefined) return [];
    return [
      `<line x1="${px(at(month))}" y1="${px(up(score))}" x2="${px(at(month + 1))}" y2="${px(up(next))}" ${stroke}/>`,
    ];
  });
}

function dots(scores: readonly (number | null)[], at: Scale, up: Scale): string[] {
  return scores.flatMap((score, month) =>
    score === null ? [] : [`<circle cx="${px(at(month))}" cy="${px(up(score))}" r="1.4" fill="#0b5394"/>`],
  );
}

function px(value: number): string {
  return value.toFixed(1);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
