import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client } from 'pg';
import type { LabelledText } from '../../../libs/journeys/src/route-scoring';
import type { BenchRun } from '../bench';
import { Cluster } from '../cluster';
import { machineOf } from '../machine';
import type { BenchResult } from '../report';
import { demoDocuments, labelledTexts, sharedData } from './catalogue';
import type { Document } from './document';
import { engineNames, type EngineName } from './engines';
import { generated } from './generated';
import { measureApart } from './measuring';
import { qualitySection, speedSection, stylesSection, widenedSection, type Contestant } from './sections';
import { heldAgainst } from './threshold';

const limitMs = 300_000;

interface Field {
  readonly run: BenchRun;
  readonly cluster: Cluster;
  readonly labelled: readonly LabelledText[];
  readonly folder: string;
  readonly demoEntries: number;
}

/** The product's routing engine beside the off-the-shelf choices: the same entries, the same labelled texts, one run. */
export async function routing(run: BenchRun): Promise<BenchResult> {
  const { file, texts } = labelledTexts(run.options.file);
  const cluster = await Cluster.create(run.cleanUp);
  const folder = mkdtempSync(join(tmpdir(), 'linli-routing-'));
  run.cleanUp.defer(() => {
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  });
  const demo = demoDocuments();
  const field: Field = { run, cluster, labelled: texts, folder, demoEntries: demo.length };
  const contestants = await compete(field, demo, []);
  const about = `${texts.length} labelled texts (${basename(file)}), ${demo.length} entries`;
  const sections = [
    qualitySection(about, contestants),
    stylesSection(about, contestants),
    speedSection(about, contestants),
  ];
  const { entries } = run.options;
  if (entries !== null && entries > demo.length) {
    const whole = [...demo, ...generated(entries - demo.length, demo, sharedData())];
    const widened = await compete(field, whole, contestants);
    sections.push(widenedSection(`${texts.length} labelled texts, ${whole.length} entries`, widened, contestants));
  }
  const [own] = contestants;
  const violations = own?.outcome.kind === 'failed' ? [`the product's own engine failed: ${own.outcome.why}`] : [];
  return { machine: await machineOf(cluster.admin), sections, violations };
}

/** Each engine after the other, so that none takes the processor from another. */
async function compete(
  field: Field,
  documents: readonly Document[],
  before: readonly Contestant[],
): Promise<Contestant[]> {
  const contestants: Contestant[] = [];
  const documentsFile = join(field.folder, `documents-${documents.length}.json`);
  const textsFile = join(field.folder, 'texts.json');
  writeFileSync(documentsFile, JSON.stringify(documents));
  writeFileSync(textsFile, JSON.stringify(field.labelled.map(({ text }) => text)));
  for (const name of engineNames) {
    const earlier = before.find((one) => one.name === name)?.outcome;
    // The product's own is always tried: it learns only so many entries.
    const hopeless = name === 'linli' ? null : hopelessness(earlier, documents.length, field);
    field.run.say(`routing: ${name} over ${documents.length} entries${hopeless === null ? '' : `: ${hopeless}`}`);
    const files = { documentsFile, textsFile };
    contestants.push(
      hopeless === null ? await contestantOf(field, name, files) : { name, outcome: { kind: 'failed', why: hopeless } },
    );
  }
  return contestants;
}

/** An engine that would take longer than the limit if it only grew with the entries is not waited for. */
function hopelessness(
  before: Contestant['outcome'] | undefined,
  entries: number,
  { labelled, demoEntries }: Field,
): string | null {
  if (before === undefined) return null;
  if (before.kind === 'failed') return 'not tried, since it failed over fewer';
  const { buildMs, p50 } = before.measured;
  const reckoned = (buildMs + p50 * labelled.length) * (entries / demoEntries);
  return reckoned > limitMs ? `not tried: at its rate it would take ${Math.round(reckoned / 60_000)} minutes` : null;
}

async function contestantOf(
  { run, cluster, labelled }: Field,
  name: EngineName,
  files: { readonly documentsFile: string; readonly textsFile: string },
): Promise<Contestant> {
  const databaseUrl = name === 'PostgreSQL pg_trgm' ? await freshDatabase(cluster) : null;
  const seconds = run.options.seconds ?? (run.options.quick ? 1 : 3);
  const measured = await measureApart({ engine: name, ...files, databaseUrl, seconds }, limitMs, run.cleanUp);
  if (typeof measured === 'string') return { name, outcome: { kind: 'failed', why: measured } };
  return { name, outcome: { kind: 'measured', measured, held: heldAgainst(labelled, measured.found) } };
}

/** Under the locale C the extension takes Chinese characters for no letters at all. */
async function freshDatabase(cluster: Cluster): Promise<string> {
  const name = `routing_${process.hrtime.bigint()}`;
  await cluster.admin.query(
    `create database ${name} template template0 locale_provider libc lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`,
  );
  const url = cluster.url('bench_api', name);
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.end();
  return url;
}
