import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { type CatalogueEntry } from '@linli/contracts';
import { type Knowledge } from './knowledge';
import { type Steps } from './steps';

type Part = keyof Knowledge;

/** What tells one catalogue's knowledge from another's: SHA-256 of all that is learned from, guides and departments left out. */
export function knowledgeKey(entries: readonly CatalogueEntry[]): string {
  const hash = createHash('sha256');
  for (const { id, name, aliases, keywords, summary, phrasings } of entries) {
    hash.update(JSON.stringify([id, name, aliases, keywords, summary, phrasings]));
  }
  return hash.digest('hex');
}

/** Writes knowledge down, part by part. Only the same code, under the same Node, may read it. */
export function* writeKnowledge(knowledge: Knowledge): Steps<Buffer> {
  const parts: [string, Buffer][] = [];
  for (const [part, value] of Object.entries(knowledge)) {
    parts.push([part, serialize(value)]);
    yield;
  }
  return serialize(parts);
}

/** Reads what `writeKnowledge` wrote; throws when it is anything else. */
export function* readKnowledge(bytes: Buffer): Steps<Knowledge> {
  const read: Partial<Record<Part, unknown>> = {};
  for (const [part, value] of deserialize(bytes) as [Part, Buffer][]) {
    read[part] = deserialize(value);
    yield;
  }
  return read as unknown as Knowledge;
}
