import type { ItemMeanings } from '@linli/casework';
import type { LifeEventGuide } from '@linli/catalogue';
import type { ServiceGuide } from '@linli/contracts';

/** What a bundle's file says of its items' questions and materials: a shared name by `entry.id`. */
export interface NamedMeanings {
  readonly fields: Readonly<Record<string, string>>;
  readonly materials: Readonly<Record<string, string>>;
}

/**
 * Which question of the one form, and which material of the one set, each of an item's own stands for. Questions that
 * share a meaning but not a type stand in the form under numbered keys, so the type decides between them.
 */
export function meaningsOf(
  entryId: string,
  guide: Pick<ServiceGuide, 'form' | 'materials'>,
  named: NamedMeanings,
  composed: Pick<LifeEventGuide, 'form'>,
): ItemMeanings {
  const fields = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, type } of guide.form) {
    const meaning = named.fields[`${entryId}.${id}`] ?? id;
    const shared = composed.form.find(
      ({ key, type: asked, neededBy }) =>
        (key === meaning || key.startsWith(`${meaning}#`)) &&
        asked === type &&
        neededBy.includes(entryId) &&
        !taken.has(key),
    );
    if (!shared) continue;
    taken.add(shared.key);
    fields.set(id, shared.key);
  }
  const materials = guide.materials.map(({ id }) => [id, named.materials[`${entryId}.${id}`] ?? id] as const);
  return { fields, materials: new Map(materials) };
}
