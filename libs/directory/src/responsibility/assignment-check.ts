import type { LocalDate } from '@linli/kernel';
import { naturesOf, natureWords, type Guard, type Matter } from './matter';
import { refusedBy, type AssignmentRefusal } from './assignment-words';
import { holdsOn, type AdmissionFact, type DutyRole, type ListFact } from './responsibility-list';
import { areasOf, isAbove, isUpper, type NamedUnit, type Territory, type Unit } from './unit';

/** Everything the check looks at. */
export interface AssignmentQuestion {
  readonly unit: Unit;
  readonly matter: Matter;
  readonly place: Territory;
  readonly role: DutyRole;
  readonly on: LocalDate;
  /** Rows that speak of the matter, in force or not. */
  readonly lists: readonly ListFact[];
  /** Admissions that speak of the matter, in force or not. */
  readonly admissions: readonly AdmissionFact[];
  readonly guards: readonly Guard[];
  /** How many admitted duties a community carries at most (社区减负). */
  readonly communityCap: number;
}

/** The record that makes a unit responsible. */
export interface ResponsibilityRecord {
  readonly kind: 'list' | 'admission' | 'delegation' | 'catalogue';
  readonly id: string;
  readonly title: string;
}

export interface Assignable {
  readonly allowed: true;
  /** Since when; null where only the catalogue says so. */
  readonly from: LocalDate | null;
  readonly record: ResponsibilityRecord;
  /** The office within the unit, where one is named. */
  readonly office: NamedUnit | null;
}

export type AssignmentAnswer = Assignable | AssignmentRefusal;

/**
 * Whether a unit may be made to answer for a matter (严格按清单履职、职责准入): by a list in force, by an admission or
 * delegation in force, or, for departments of the district and above, by the catalogue. What no record names is refused.
 */
export function mayBeResponsible(question: AssignmentQuestion): AssignmentAnswer {
  const { unit } = question;
  if (unit.level === 'provider') return ofProvider(question);
  if (isUpper(unit.level)) return ofDepartment(question);
  return guardRefusal(question) ?? ofTerritory(question);
}

function ofProvider(question: AssignmentQuestion): AssignmentAnswer {
  const { unit, matter } = question;
  if (matter.kind === 'service' && matter.home?.id === unit.id) return byCatalogue(matter);
  return refusedBy('providerOnly', question, matter.home?.id === unit.id ? null : matter.home);
}

function ofDepartment(question: AssignmentQuestion): AssignmentAnswer {
  const { unit, matter, place, role, on } = question;
  const delegated = question.admissions.find(
    (one) =>
      one.kind === 'delegation' &&
      one.toLevel === 'subdistrict' &&
      holdsOn(one, on) &&
      one.fromUnitId === unit.id &&
      place.subdistrict !== null &&
      (one.toUnitId ?? place.subdistrict.id) === place.subdistrict.id,
  );
  if (delegated && role === 'lead') return refusedBy('delegated', question, place.subdistrict);
  if (matter.home?.id === unit.id) return byCatalogue(matter);
  const row = question.lists.find(
    (one) => holdsOn(one, on) && one.part !== 'withdrawn' && one.office?.id === unit.id && serves(one.role, role),
  );
  const taken = question.lists.find(
    (one) => holdsOn(one, on) && one.part === 'withdrawn' && one.office?.id === unit.id,
  );
  const found = row ?? taken;
  return found ? byList(found, null) : refusedBy('otherUnit', question, matter.home);
}

/** No list and no admission opens what is closed to communities by rule. */
function guardRefusal(question: AssignmentQuestion): AssignmentRefusal | null {
  const { unit, matter, guards, place } = question;
  if (unit.level !== 'community') return null;
  const found = naturesOf(matter, guards);
  if (found.length === 0) return null;
  const instead = matter.home && isAbove(matter.home.level, 'community') ? matter.home : place.subdistrict;
  return refusedBy('communityGuard', question, instead, found.map((nature) => natureWords[nature]).join('、'));
}

function ofTerritory(question: AssignmentQuestion): AssignmentAnswer {
  const { unit, matter, on, role } = question;
  const areas = areasOf(unit, question.place);
  const mine = question.lists.filter(
    (row) => row.ownerLevel === unit.level && (row.ownerId === null || areas.has(row.ownerId)),
  );
  const admissions = question.admissions.filter((one) => reaches(one, unit, areas));
  const withdrawn = mine.find((row) => row.part === 'withdrawn' && holdsOn(row, on));
  const admitted = admissions.find(
    (one) => holdsOn(one, on) && (!withdrawn || one.effectiveOn >= withdrawn.effectiveOn),
  );
  if (admitted) {
    if (unit.level === 'community' && admitted.position > question.communityCap)
      return refusedBy('capReached', question, matter.home, String(question.communityCap));
    return byAdmission(admitted, officeAtHome(question));
  }
  if (withdrawn) return refusedBy('withdrawn', question, withdrawn.office ?? matter.home);
  const rows = mine.filter((row) => row.part !== 'withdrawn');
  const current = rows.filter((row) => holdsOn(row, on));
  const own = current.filter((row) => row.level === unit.level && isOfUnit(row, question));
  const found = mostExact(own.filter((row) => serves(row.role, role)));
  const needsAdmission = role === 'lead' && matter.home !== null && isAbove(matter.home.level, unit.level);
  if (found && !needsAdmission) return byList(found, found.office ?? officeAtHome(question));
  return whyNot(question, { rows, current, own, found, admissions });
}

interface Findings {
  readonly rows: readonly ListFact[];
  readonly current: readonly ListFact[];
  readonly own: readonly ListFact[];
  readonly found: ListFact | undefined;
  readonly admissions: readonly AdmissionFact[];
}

/** The reason nearest to the truth, so that whoever reads it knows what to do next. */
function whyNot(question: AssignmentQuestion, findings: Findings): AssignmentRefusal {
  const { matter, on, unit } = question;
  const { rows, current, own, found, admissions } = findings;
  const lead = current.find((row) => row.role === 'lead' && row.office !== null && row.office.id !== unit.id);
  const instead = (matter.home?.id === unit.id ? null : matter.home) ?? lead?.office ?? null;
  const coming = admissions.find((one) => one.effectiveOn > on);
  if (coming) return refusedBy('admissionNotYet', question, instead, coming.effectiveOn);
  const ended = admissions.find((one) => one.until !== null && one.until <= on);
  if (ended) return refusedBy('admissionEnded', question, instead, ended.until ?? '');
  if (found) return refusedBy('admissionMissing', question, instead);
  if (own.length > 0) return refusedBy('supportOnly', question, lead?.office ?? instead);
  const elsewhere = current.find((row) => row.level === unit.level);
  if (elsewhere) return refusedBy('otherUnit', question, elsewhere.office ?? instead);
  const later = rows.find((row) => row.level === unit.level && row.effectiveOn > on);
  if (later) return refusedBy('listNotYet', question, instead, later.effectiveOn);
  return refusedBy('notOnList', question, instead);
}

function reaches(one: AdmissionFact, unit: Unit, areas: ReadonlySet<string>): boolean {
  return one.toLevel === unit.level && (one.toUnitId === null || one.toUnitId === unit.id || areas.has(one.toUnitId));
}

/** A row without an office leaves the choice to the unit; an office asked about must then be the one at home there. */
function isOfUnit(row: ListFact, { unit, matter }: AssignmentQuestion): boolean {
  if (unit.kind !== 'department') return true;
  if (row.office !== null) return row.office.id === unit.id;
  return matter.home === null || matter.home.level !== unit.level || matter.home.id === unit.id;
}

function serves(given: DutyRole, wanted: DutyRole): boolean {
  return given === 'lead' || wanted === 'support';
}

/** A row that names the very matter is better evidence than one that names its category. */
function mostExact(rows: readonly ListFact[]): ListFact | undefined {
  return rows.find((row) => row.matter.category === null) ?? rows[0];
}

function officeAtHome({ unit, matter }: AssignmentQuestion): NamedUnit | null {
  return unit.kind !== 'department' && matter.home?.level === unit.level ? matter.home : null;
}

function byCatalogue(matter: Matter): Assignable {
  const record = { kind: 'catalogue', id: matter.entryId ?? '', title: matter.name } as const;
  return { allowed: true, from: null, record, office: null };
}

function byList(row: ListFact, office: NamedUnit | null): Assignable {
  const record = { kind: 'list', id: `${row.listId}/${row.key}`, title: row.title } as const;
  return { allowed: true, from: row.effectiveOn, record, office };
}

function byAdmission(one: AdmissionFact, office: NamedUnit | null): Assignable {
  const title = `${one.title}（${one.documentNo}）`;
  return { allowed: true, from: one.effectiveOn, record: { kind: one.kind, id: one.id, title }, office };
}
