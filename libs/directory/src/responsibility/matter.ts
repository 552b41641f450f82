import type { EntryKind, ItemType } from '@linli/contracts';
import type { NamedUnit } from './unit';

/** Four kinds of work no community may ever answer for: 执法、拆迁拆违、环境整治、城市管理. */
export const natures = ['enforcement', 'demolition', 'environment', 'cityManagement'] as const;
export type Nature = (typeof natures)[number];

/** What is to be answered for, with the facts the check needs. */
export interface Matter {
  /** Id of the catalogue entry; null for work no entry describes. */
  readonly entryId: string | null;
  readonly name: string;
  readonly kind: EntryKind;
  readonly category: string;
  readonly type: ItemType | null;
  /** The unit the catalogue names. */
  readonly home: NamedUnit | null;
}

/** How a list or an admission names what it is about: exactly one of the three. */
export interface MatterName {
  readonly entryId: string | null;
  readonly category: string | null;
  readonly text: string | null;
}

/** What a district adds to the words below: categories and entries that are of a guarded nature. */
export interface Guard {
  readonly nature: Nature;
  readonly category: string | null;
  readonly entryId: string | null;
}

export const natureWords: Readonly<Record<Nature, string>> = {
  enforcement: '执法',
  demolition: '拆迁拆违',
  environment: '环境整治',
  cityManagement: '城市管理',
};

/** Words that give a guarded nature away; no configuration can switch them off. */
const tellTales: Readonly<Record<Nature, RegExp>> = {
  enforcement: /执法|处罚|行政强制|强制执行|取缔|查处|查封|扣押|没收/,
  demolition: /拆迁|拆违|拆除|违法建设|违章建筑|违建|房屋征收|征地/,
  environment: /环境.{0,6}(整治|清理|治理)|环境卫生|清脏治乱/,
  cityManagement: /城市管理|城管|市容|占道经营|流动摊贩|户外广告/,
};

const enforcingTypes: ReadonlySet<ItemType> = new Set(['penalty', 'coercion', 'inspection']);

/** The key a matter's name is compared and kept unique by. */
export function matterKey(name: MatterName): string {
  if (name.entryId !== null) return `entry:${name.entryId}`;
  if (name.category !== null) return `category:${name.category}`;
  return `text:${name.text ?? ''}`;
}

/** Every name under which a list or an admission may speak of the matter. */
export function keysOf(matter: Matter): readonly string[] {
  const keys = [`category:${matter.category}`, `text:${matter.name}`];
  return matter.entryId === null ? keys : [`entry:${matter.entryId}`, ...keys];
}

/** The guarded natures of a matter: from its type, its words and the district's additions. */
export function naturesOf(matter: Matter, guards: readonly Guard[]): readonly Nature[] {
  const words = [matter.name, matter.category, matter.home?.name ?? ''].join(' ');
  return natures.filter(
    (nature) =>
      tellTales[nature].test(words) ||
      (nature === 'enforcement' && matter.type !== null && enforcingTypes.has(matter.type)) ||
      guards.some((guard) => guard.nature === nature && isOf(guard, matter)),
  );
}

function isOf(guard: Guard, matter: Matter): boolean {
  return (
    (guard.category !== null && guard.category === matter.category) ||
    (guard.entryId !== null && guard.entryId === matter.entryId)
  );
}
