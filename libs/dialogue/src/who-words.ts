import type { CatalogueEntry, EntryKind } from '@linli/contracts';
import { shorten } from './text';
import { byDigit, numbered } from './words';

const passedOverShown = 2;

/** What one can do next about a matter. */
export function goOn(kind: EntryKind): string {
  return { report: '我要反映这件事', item: '看看怎么办', service: '看看这项服务' }[kind];
}

/** Who handles it, by which record, and why nearer ones may not. */
export function handler(
  entry: CatalogueEntry,
  told: { readonly sentence: string | null; readonly phone: string | null; readonly passedOver: readonly string[] },
  choices: readonly string[],
): string {
  const where = '把那里的位置发给我，我能告诉您那一片具体归谁管。';
  const who =
    told.sentence ?? `「${shorten(entry.name, 40)}」一般由${shorten(entry.department.name, 40)}负责。\n${where}`;
  const phone = told.phone === null ? [] : [`电话：${told.phone}`];
  const others = told.passedOver.slice(0, passedOverShown).map((sentence) => shorten(sentence, 90));
  return [shorten(who, 200), ...phone, ...others, numbered(choices), byDigit].join('\n');
}
