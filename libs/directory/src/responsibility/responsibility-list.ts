import type { LocalDate } from '@linli/kernel';
import type { DepartmentLevel } from '../roles';
import type { MatterName } from './matter';
import type { NamedUnit } from './unit';

/** 职责任务、公共服务、属地管理、履职、权力: the lists a subdistrict works by. */
export const listKinds = ['duties', 'publicServices', 'localManagement', 'performance', 'powers'] as const;
export type ListKind = (typeof listKinds)[number];

export const listKindWords: Readonly<Record<ListKind, string>> = {
  duties: '职责任务清单',
  publicServices: '公共服务清单',
  localManagement: '属地管理清单',
  performance: '履职清单',
  powers: '权力清单',
};

/** 主办、协办. */
export const dutyRoles = ['lead', 'support'] as const;
export type DutyRole = (typeof dutyRoles)[number];

/** Parts of the 履职清单: 基本履职、配合履职、上级部门收回. */
export const listParts = ['basic', 'cooperate', 'withdrawn'] as const;
export type ListPart = (typeof listParts)[number];

export const dutyRoleWords: Readonly<Record<DutyRole, string>> = { lead: '主办', support: '协办' };
export const listPartWords: Readonly<Record<ListPart, string>> = {
  basic: '基本履职事项',
  cooperate: '配合履职事项',
  withdrawn: '上级部门收回事项',
};

/** A row of a list with what the check needs of its list. */
export interface ListFact {
  readonly listId: string;
  readonly kind: ListKind;
  readonly title: string;
  /** Whose list it is: a level, and one unit of it or all. */
  readonly ownerLevel: DepartmentLevel;
  readonly ownerId: string | null;
  /** The version is in force from here until before `until`. */
  readonly effectiveOn: LocalDate;
  readonly until: LocalDate | null;
  /** The row's key within its list. */
  readonly key: string;
  readonly matter: MatterName;
  /** Who answers: a level, and one office of it or whichever is at home there. */
  readonly level: DepartmentLevel;
  readonly office: NamedUnit | null;
  readonly role: DutyRole;
  readonly part: ListPart | null;
}

/** 职责准入 or 下放: the record by which a duty came down to a lower level. */
export interface AdmissionFact {
  readonly id: string;
  readonly kind: 'admission' | 'delegation';
  readonly title: string;
  readonly matter: MatterName;
  readonly fromUnitId: string;
  readonly toLevel: 'subdistrict' | 'community';
  /** Null: every unit of the level. */
  readonly toUnitId: string | null;
  readonly documentNo: string;
  readonly effectiveOn: LocalDate;
  /** The day from which it holds no more: its end or its revocation, whichever comes first. */
  readonly until: LocalDate | null;
  /** The how-manieth duty in force its unit carries, in the order they came; the cap of communities counts by it. */
  readonly position: number;
}

/** Whether something dated holds on a day; half-open, as everywhere. */
export function holdsOn(
  dated: { readonly effectiveOn: LocalDate; readonly until: LocalDate | null },
  on: LocalDate,
): boolean {
  return dated.effectiveOn <= on && (dated.until === null || on < dated.until);
}
