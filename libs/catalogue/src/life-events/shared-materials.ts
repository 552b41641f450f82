import type { Material } from '@linli/contracts';
import type { LifeEvent, SharedMaterial } from './life-event';
import type { Part } from './shared-form';

/** The materials of all items: the same one is handed in once, in as many copies as the most demanding item wants. */
export function sharedMaterials(event: Pick<LifeEvent, 'materials'>, parts: readonly Part[]): SharedMaterial[] {
  const found = new Map<string, SharedMaterial>();
  for (const { id, guide } of parts)
    for (const material of guide.materials) {
      const key = event.materials?.[`${id}.${material.id}`] ?? material.id;
      const known = found.get(key);
      found.set(key, known ? joined(known, material, id) : fresh(key, material, id));
    }
  return [...found.values()];
}

function fresh(key: string, material: Material, item: string): SharedMaterial {
  const { name, required, deferrable, issuedBy, note } = material;
  return {
    key,
    name,
    required,
    deferrable,
    issuedBy,
    alsoCalled: [],
    ...countsOf(material),
    notes: note === undefined ? [] : [note],
    neededBy: [item],
  };
}

/** Needed as soon as one item needs it; may come later only where every item lets it. */
function joined(known: SharedMaterial, material: Material, item: string): SharedMaterial {
  const { name, note } = material;
  const counts = countsOf(material);
  return {
    ...known,
    required: known.required || material.required,
    deferrable: known.deferrable && material.deferrable,
    alsoCalled: name === known.name || known.alsoCalled.includes(name) ? known.alsoCalled : [...known.alsoCalled, name],
    originals: Math.max(known.originals, counts.originals),
    copies: Math.max(known.copies, counts.copies),
    notes: note === undefined || known.notes.includes(note) ? known.notes : [...known.notes, note],
    neededBy: known.neededBy.includes(item) ? known.neededBy : [...known.neededBy, item],
  };
}

/** A guide counts pieces of what the material's name says: originals, or copies where it says 复印件. */
function countsOf({ name, copies = 1 }: Material): { readonly originals: number; readonly copies: number } {
  return name.includes('复印件') ? { originals: 0, copies } : { originals: copies, copies: 0 };
}
