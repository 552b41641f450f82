import type { LabelledText } from './route-scoring';

/** A labelled file as read: what can be scored, and what is wrong with the other lines. */
export interface LabelledFile {
  readonly texts: readonly LabelledText[];
  /** One sentence a line, by its number. */
  readonly problems: readonly string[];
}

const specials = ['none', 'emergency', 'human'] as const;

/**
 * Reads a labelled file, one JSON object a line: `text`, `gold` (ids, or `none`, `emergency`, `human`), and where wanted
 * `also`, `style` and `mode: "all"`.
 */
export function readLabelled(content: string): LabelledFile {
  const texts: LabelledText[] = [];
  const problems: string[] = [];
  for (const [at, line] of content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') problems.push(`line ${at + 1} ${read}`);
    else texts.push(read);
  }
  return { texts, problems };
}

function readLine(line: string): LabelledText | string {
  const row = parsed(line);
  if (row === null) return 'is no JSON object';
  const { text, gold, also = [], mode, style = 'plain' } = row;
  if (typeof text !== 'string' || text.trim() === '') return 'has no text';
  const special = specials.find((one) => one === gold);
  if (special === undefined && !isIds(gold)) return 'has no gold: a list of ids, or none, emergency, human';
  if (!Array.isArray(also) || !also.every((one) => typeof one === 'string'))
    return 'has an also that is no list of ids';
  if (mode !== undefined && mode !== 'all' && mode !== 'any') return 'has a mode that is neither all nor any';
  if (typeof style !== 'string') return 'has a style that is no text';
  return { text, gold: special ?? (gold as string[]), also, wantsAll: mode === 'all', style };
}

function isIds(gold: unknown): boolean {
  return Array.isArray(gold) && gold.length > 0 && gold.every((one) => typeof one === 'string');
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === 'object' && row !== null && !Array.isArray(row) ? (row as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
