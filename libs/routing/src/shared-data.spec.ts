import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type CatalogueEntry } from '@linli/contracts';
import { buildRouter, routeTextLimit, type Router } from './index';

interface FileEntry extends Omit<CatalogueEntry, 'department' | 'phrasings' | 'version' | 'versionId'> {
  readonly department: string;
  readonly phrasings?: readonly string[];
}

interface Labelled {
  readonly text: string;
  readonly gold: string | readonly string[];
  readonly also?: readonly string[];
}

const root = resolve(__dirname, '../../..');
const shared = resolve(root, process.env.SHARED_DATA ?? '../shared/data');
const demoFolder = join(root, 'config/demo/catalogue');
const present = existsSync(join(shared, 'catalogue.json')) && existsSync(join(shared, 'dev.jsonl'));

function readEntries(file: string): CatalogueEntry[] {
  const entries = JSON.parse(readFileSync(file, 'utf8')) as FileEntry[];
  return entries.map((entry) => ({
    ...entry,
    department: { id: entry.department, name: entry.department },
    phrasings: entry.phrasings ?? [],
    version: 1,
    versionId: entry.id,
  }));
}

function readDemo(): CatalogueEntry[] {
  if (!existsSync(demoFolder)) return [];
  const files = readdirSync(demoFolder).filter((file) => file.endsWith('.json'));
  return files.sort().flatMap((file) => readEntries(join(demoFolder, file)));
}

/** The id or decision that is judged: the first of the first wish, the decision where no entry is meant. */
function answer(router: Router, text: string): string {
  if (Array.from(text).length > routeTextLimit) return 'none';
  const { decision, candidates, intents } = router.route(text);
  if (decision !== 'route' && decision !== 'clarify') return decision;
  return (intents?.[0]?.candidates ?? candidates)[0]?.id ?? 'none';
}

function isRight({ gold, also = [] }: Labelled, given: string): boolean {
  return (typeof gold === 'string' ? [gold] : gold).includes(given) || also.includes(given);
}

function score(router: Router, labelled: readonly Labelled[]): number {
  return labelled.filter((one) => isRight(one, answer(router, one.text))).length / labelled.length;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (!present) say(`routing: no labelled utterances under ${shared}, the score is not measured`);

(present ? describe : describe.skip)('labelled utterances', () => {
  const bare = present ? readEntries(join(shared, 'catalogue.json')) : [];
  const labelled = present
    ? readFileSync(join(shared, 'dev.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Labelled)
    : [];
  const demo = readDemo();
  const covered = bare.every(({ id }) => demo.some((entry) => entry.id === id));

  it('are understood with names and summaries alone', () => {
    const share = score(buildRouter(bare), labelled);
    say(`routing: ${(100 * share).toFixed(1)} % right with the bare catalogue`);
    expect(share).toBeGreaterThanOrEqual(0.85);
  });

  (covered ? it : it.skip)('are understood better with the demo catalogue', () => {
    const started = performance.now();
    const router = buildRouter(demo);
    const built = performance.now() - started;
    score(router, labelled);
    const asked = performance.now();
    const share = score(router, labelled);
    const each = (1000 * (performance.now() - asked)) / labelled.length;
    say(`routing: ${(100 * share).toFixed(1)} % right, built in ${built.toFixed(0)} ms, ${each.toFixed(0)} µs a text`);
    expect(share).toBeGreaterThanOrEqual(0.95);
  });

  it('no emergency is missed', () => {
    const router = buildRouter(covered ? demo : bare);
    const missed = labelled.filter((one) => one.gold === 'emergency' && !isRight(one, answer(router, one.text)));
    expect(missed).toEqual([]);
  });
});
