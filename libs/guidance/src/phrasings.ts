import { maskPersonal } from './masking';

/** A row of a catalogue file that adds phrasings to an entry. */
export interface PhrasingsRow {
  readonly id: string;
  readonly phrasings: readonly string[];
}

/** As the catalogue's import takes them. */
const longest = 300;
const mostOfEntry = 200;
const shortest = 2;

/** Approved words as training phrasings, personal facts masked, each once; entries by id. */
export function phrasingsOf(approved: readonly { readonly entryId: string; readonly words: string }[]): PhrasingsRow[] {
  const rows = new Map<string, Set<string>>();
  for (const { entryId, words } of approved) {
    const phrasing = maskPersonal(words).replace(/\s+/g, ' ').trim();
    if (Array.from(phrasing).length < shortest || phrasing.length > longest) continue;
    const known = rows.get(entryId) ?? new Set<string>();
    if (known.size < mostOfEntry) known.add(phrasing);
    rows.set(entryId, known);
  }
  return [...rows]
    .map(([id, phrasings]) => ({ id, phrasings: [...phrasings] }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}
