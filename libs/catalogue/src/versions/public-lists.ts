import type { CatalogueEntry, ItemLevel, ItemType, Limit } from '@linli/contracts';
import { levelWords, typeWords, valueWords } from './field-words';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** 权力清单: one administrative power, and on which basis it is exercised. */
export interface Power {
  readonly id: string;
  readonly name: string;
  readonly type: ItemType;
  readonly typeName: string;
  readonly level: ItemLevel;
  readonly levelName: string;
  readonly department: Named;
  /** Departments that decide together. */
  readonly jointWith: readonly string[];
  /** 实施编码, or the finest code there is. */
  readonly code: string | null;
  readonly basis: readonly string[];
  /** 权力来源. */
  readonly source: string | null;
  /** Civil dates. */
  readonly effectiveOn: string | null;
  readonly endsOn: string | null;
  readonly version: number;
}

/** 责任清单: who answers for a power, in which steps and limits, and where to complain. */
export interface ResponsibilityOfPower {
  readonly id: string;
  readonly name: string;
  readonly typeName: string;
  readonly department: Named;
  readonly jointWith: readonly string[];
  /** 责任事项: what must be done, in order. */
  readonly duties: readonly string[];
  readonly statutoryLimit: Limit | null;
  readonly committedLimit: Limit | null;
  readonly enquiryPhone: string | null;
  /** 监督投诉方式. */
  readonly complaintPhone: string | null;
  readonly version: number;
}

/** 公共服务清单: one service anybody may ask for. */
export interface PublicService {
  readonly id: string;
  readonly name: string;
  readonly department: Named;
  readonly category: string;
  readonly summary: string;
  readonly audience: string | null;
  readonly place: string | null;
  readonly hours: string | null;
  readonly fee: string | null;
  readonly online: boolean;
  readonly enquiryPhone: string | null;
  readonly version: number;
}

/**
 * Which list an entry stands in. Report categories are no items and stand in none; nor does a power without a guide,
 * since a list of powers tells the public six things of each.
 */
function listOf({ kind, implementation, guide }: CatalogueEntry): 'powers' | 'services' | 'untold' | null {
  if (kind === 'report') return null;
  if (!implementation || implementation.type === 'publicService') return 'services';
  return guide ? 'powers' : 'untold';
}

/** How many powers stand in no list yet, because nobody has told the public what it must know of them. */
export function untoldPowers(entries: readonly CatalogueEntry[]): number {
  return entries.filter((entry) => listOf(entry) === 'untold').length;
}

/** The powers among published entries, in their order. */
export function powersOf(entries: readonly CatalogueEntry[]): Power[] {
  return entries.flatMap((entry): Power[] => {
    const { id, name, department, guide, implementation, version } = entry;
    if (listOf(entry) !== 'powers' || !implementation) return [];
    const { type, level, codes, powerSource, jointWith = [], effectiveOn, endsOn } = implementation;
    return [
      {
        id,
        name,
        type,
        typeName: typeWords[type],
        level,
        levelName: levelWords[level],
        department,
        jointWith,
        code: codes.handling ?? codes.implementation ?? codes.localTask ?? codes.basic ?? codes.localCatalogue ?? null,
        basis: guide?.basis ?? [],
        source: powerSource ? (valueWords['implementation.powerSource']?.[powerSource] ?? powerSource) : null,
        effectiveOn: effectiveOn ?? null,
        endsOn: endsOn ?? null,
        version,
      },
    ];
  });
}

/** The duties that go with the powers among published entries. */
export function responsibilitiesOf(entries: readonly CatalogueEntry[]): ResponsibilityOfPower[] {
  return entries.flatMap((entry): ResponsibilityOfPower[] => {
    const { id, name, department, guide, implementation, version } = entry;
    if (listOf(entry) !== 'powers' || !implementation) return [];
    return [
      {
        id,
        name,
        typeName: typeWords[implementation.type],
        department,
        jointWith: implementation.jointWith ?? [],
        duties: guide?.steps ?? [],
        statutoryLimit: guide?.statutoryLimit ?? null,
        committedLimit: guide?.committedLimit ?? null,
        enquiryPhone: guide?.enquiryPhone ?? null,
        complaintPhone: guide?.complaintPhone ?? null,
        version,
      },
    ];
  });
}

/** The public services among published entries; an entry without 实施清单 facts is one. */
export function servicesOf(entries: readonly CatalogueEntry[]): PublicService[] {
  return entries
    .filter((entry) => listOf(entry) === 'services')
    .map(({ id, name, department, category, summary, guide, version }) => ({
      id,
      name,
      department,
      category,
      summary,
      audience: guide?.audience ?? null,
      place: guide?.place ?? null,
      hours: guide?.hours ?? null,
      fee: guide?.fee ?? null,
      online: guide?.online ?? false,
      enquiryPhone: guide?.enquiryPhone ?? null,
      version,
    }));
}
