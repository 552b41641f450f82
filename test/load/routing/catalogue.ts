import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectRoot } from '@linli/platform';
import { readLabelled } from '../../../libs/journeys/src/labelled-file';
import type { LabelledText } from '../../../libs/journeys/src/route-scoring';
import { UsageError } from '../options';
import type { Document } from './document';

/** Where real inputs lie, where they do. */
export function sharedData(): string {
  return resolve(projectRoot(), process.env['SHARED_DATA'] ?? '../shared/data');
}

/** The demo catalogue. */
export function demoDocuments(): Document[] {
  const folder = join(projectRoot(), 'config', 'demo', 'catalogue');
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().flatMap((file) => {
    const entries = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Document[];
    return entries.map((entry) => ({ ...entry, phrasings: (entry as Partial<Document>).phrasings ?? [] }));
  });
}

/** The labelled texts of a file; without one, those beside the project, else the engine's own held-out ones. */
export function labelledTexts(named: string | null): {
  readonly file: string;
  readonly texts: readonly LabelledText[];
} {
  const known = [
    join(sharedData(), 'dev.jsonl'),
    join(projectRoot(), 'libs', 'routing', 'held-out', 'utterances.jsonl'),
  ];
  const file = named ?? known.find((one) => existsSync(one));
  if (file === undefined || !existsSync(file)) throw new UsageError('No labelled texts: name a file with --file.');
  const { texts, problems } = readLabelled(readFileSync(file, 'utf8'));
  if (problems.length > 0) throw new UsageError(`${file}: ${problems.join('; ')}`);
  return { file, texts };
}
