import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from './document';
import { actions, kinds, offices, subjects, trades } from './trade-words';

interface PublishedItem {
  readonly department: string;
  readonly name: string;
}

/** From this share of common pairs on two names are taken to mean the same. */
const sameMeaning = 0.45;

/**
 * `count` entries beside those there are: permits of trades no resident of the demo asks for, and where the published
 * items of a real district lie beside the project, half of them with those names. What means the same as an entry there
 * is, is left out, so that it cannot be a right answer under another id.
 */
export function generated(count: number, beside: readonly Document[], sharedData: string): Document[] {
  const isNew = newcomer(beside);
  const real = published(sharedData).filter(({ name }) => isNew(name));
  const names = new Set<string>();
  const made: Document[] = [];
  const add = (document: Omit<Document, 'id'>): void => {
    if (made.length === count || names.has(document.name)) return;
    names.add(document.name);
    made.push({ ...document, id: `generated-${made.length + 1}` });
  };
  for (const document of realVariations(real)) if (made.length < count / 2) add(document);
  for (const document of tradePermits()) if (isNew(document.name)) add(document);
  for (const document of realVariations(real)) add(document);
  return made;
}

function published(sharedData: string): PublishedItem[] {
  const file = join(sharedData, 'guangan-items.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PublishedItem[]) : [];
}

function* realVariations(items: readonly PublishedItem[]): Generator<Omit<Document, 'id'>> {
  for (const action of ['', ...actions])
    for (const { name, department } of items) {
      const whole = `${name}${action === '' ? '' : `（${action}）`}`;
      const plain = name.replace(/[（(].*?[）)]/g, '');
      yield {
        kind: 'item',
        name: whole,
        department,
        category: '行政事项',
        aliases: [`${plain}${action}`.slice(0, 60)],
        keywords: [plain.slice(0, 6), plain.slice(-4), ...(action === '' ? [] : [action])],
        summary: `办理${whole}，由${department}受理。`,
        phrasings: [`怎么办${plain}${action}`, `${plain}要${action === '' ? '办' : action}，找哪里`],
      };
    }
}

function* tradePermits(): Generator<Omit<Document, 'id'>> {
  for (const subject of subjects)
    for (const action of actions)
      for (const [at, kind] of kinds.entries())
        for (const trade of trades) {
          const department = offices[(at + trade.length) % offices.length] ?? '';
          const name = `${trade}${kind}${action}（${subject}）`;
          yield {
            kind: 'item',
            name,
            department,
            category: '行业监管',
            aliases: [`${trade}${action}`],
            keywords: [trade, kind, action],
            summary: `${subject}从事${trade}的，在这里办理${kind}${action}，由${department}受理。`,
            phrasings: [`${trade}${kind}怎么${action}`, `${subject}做${trade}，${kind}要${action}找哪里`],
          };
        }
}

/** Whether a name means something no entry there is means already; looked up by pairs of characters. */
function newcomer(beside: readonly Document[]): (name: string) => boolean {
  const known = beside.flatMap(({ name, aliases }) => [name, ...aliases]).map(pairsOf);
  const owners = new Map<string, number[]>();
  known.forEach((pairs, at) => {
    for (const pair of pairs) owners.set(pair, [...(owners.get(pair) ?? []), at]);
  });
  const words = new Set(
    beside
      .flatMap(({ aliases, keywords }) => [...aliases, ...keywords])
      .filter((word) => wordLengths.includes(word.length)),
  );
  return (name) => !holdsWord(name, words) && likestTo(pairsOf(name), known, owners) < sameMeaning;
}

const wordLengths = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function holdsWord(name: string, words: ReadonlySet<string>): boolean {
  for (let start = 0; start < name.length; start += 1)
    for (const length of wordLengths) if (words.has(name.slice(start, start + length))) return true;
  return false;
}

/** Dice's coefficient with the one it is most like. */
function likestTo(
  pairs: ReadonlySet<string>,
  known: readonly ReadonlySet<string>[],
  owners: ReadonlyMap<string, readonly number[]>,
): number {
  const common = new Map<number, number>();
  for (const pair of pairs) for (const at of owners.get(pair) ?? []) common.set(at, (common.get(at) ?? 0) + 1);
  let best = 0;
  for (const [at, count] of common) best = Math.max(best, (2 * count) / (pairs.size + (known[at]?.size ?? 0)));
  return best;
}

function pairsOf(text: string): ReadonlySet<string> {
  const signs = Array.from(text.replace(/[（(].*?[）)]/g, ''));
  return new Set(signs.slice(1).map((sign, at) => `${signs[at] ?? ''}${sign}`));
}
