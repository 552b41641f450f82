import type { CatalogueEntry, FormField } from '@linli/contracts';
import type { RefusalDetail } from '@linli/kernel';
import type { LifeEvent } from './life-event';
import { inOrder } from './order';

const meaning = /^[a-zA-Z][a-zA-Z0-9-]{0,40}$/;

/** What is wrong with a bundle beyond its shape: unknown or repeated entries, cycles, meanings of nothing. */
export function checkLifeEvent(event: LifeEvent, entries: ReadonlyMap<string, CatalogueEntry>): RefusalDetail[] {
  return [...checkItems(event, entries), ...checkMeanings(event, entries)];
}

function checkItems(event: LifeEvent, entries: ReadonlyMap<string, CatalogueEntry>): RefusalDetail[] {
  const problems: RefusalDetail[] = [];
  const ids = event.items.map((item) => item.entry);
  event.items.forEach(({ entry, after = [] }, index) => {
    const say = (at: string, problem: string): number => problems.push({ at: `items[${index}].${at}`, problem });
    const known = entries.get(entry);
    if (!known) say('entry', `there is no entry "${entry}"`);
    else if (!known.guide) say('entry', `"${entry}" has no guide to compose`);
    if (ids.indexOf(entry) < index) say('entry', `"${entry}" stands there twice`);
    for (const one of after) if (!ids.includes(one)) say('after', `"${one}" is no item of this event`);
  });
  const { cycle } = inOrder(event.items);
  if (cycle.length > 0)
    problems.push({ at: 'items', problem: `wait for each other: ${cycle.map((item) => item.entry).join(', ')}` });
  return problems;
}

function checkMeanings(event: LifeEvent, entries: ReadonlyMap<string, CatalogueEntry>): RefusalDetail[] {
  const problems: RefusalDetail[] = [];
  const guideOf = (entry: string): CatalogueEntry['guide'] =>
    event.items.some((item) => item.entry === entry) ? entries.get(entry)?.guide : undefined;
  const types = new Map<string, FormField['type']>();
  for (const [place, key] of Object.entries(event.fields ?? {})) {
    const [entry = '', id = ''] = place.split('.');
    const field = guideOf(entry)?.form.find((one) => one.id === id);
    const at = `fields.${place}`;
    if (!field) problems.push({ at, problem: 'is no question of these items' });
    else if (typeof key !== 'string' || !meaning.test(key)) problems.push({ at, problem: 'must be a short name' });
    else if ((types.get(key) ?? field.type) !== field.type)
      problems.push({ at, problem: `is a ${field.type}, but "${key}" is a ${types.get(key) ?? ''}` });
    else types.set(key, field.type);
  }
  for (const [place, key] of Object.entries(event.materials ?? {})) {
    const [entry = '', id = ''] = place.split('.');
    const at = `materials.${place}`;
    if (!guideOf(entry)?.materials.some((one) => one.id === id))
      problems.push({ at, problem: 'is no material of these items' });
    else if (typeof key !== 'string' || !meaning.test(key)) problems.push({ at, problem: 'must be a short name' });
  }
  return problems;
}
