import type { CatalogueEntry } from '@linli/contracts';
import type { CatalogueFileEntry } from '../entry-file';

/** A version of an entry as it is kept, with its department. */
export interface KeptVersion {
  readonly id: string;
  readonly version: number;
  readonly content: CatalogueFileEntry;
  readonly department_id: string;
  readonly department_name: string;
}

/** How a `KeptVersion` is read. */
export const keptColumns = 'v.id, v.version, v.content, d.id as department_id, d.name as department_name';
export const keptTables = 'catalogue_version v join directory_department d on d.id = v.department_id';

export function entryOf(row: KeptVersion): CatalogueEntry {
  const { id, kind, name, category, aliases, summary, keywords, phrasings, guide, implementation } = row.content;
  return {
    id,
    kind,
    name,
    department: { id: row.department_id, name: row.department_name },
    category,
    aliases,
    summary,
    keywords,
    phrasings: phrasings ?? [],
    version: row.version,
    versionId: row.id,
    // The file's classes carry `undefined` where the contract leaves a field out; JSON has dropped those already.
    ...(guide ? { guide } : {}),
    ...(implementation ? { implementation } : {}),
  };
}
