import type { CatalogueEntry } from '@linli/contracts';
import { parseLocalDate, type RefusalDetail } from '@linli/kernel';
import { matterKey, naturesOf, type Guard, type Matter, type MatterName } from './matter';
import type {
  AdmissionFileEntry,
  ListFileEntry,
  ListRowEntry,
  MatterEntry,
  ResponsibilityFile,
} from './responsibility-file';
import type { NamedUnit } from './unit';

/** What a file may refer to. */
export interface KnownNames {
  readonly entries: ReadonlyMap<
    string,
    Pick<CatalogueEntry, 'name' | 'kind' | 'category' | 'department' | 'implementation'>
  >;
  readonly departments: ReadonlyMap<string, NamedUnit>;
  readonly subdistricts: ReadonlySet<string>;
  readonly communities: ReadonlySet<string>;
  /** Officers by account. */
  readonly officers: ReadonlyMap<string, string>;
}

/** 一票否决 is forbidden in whatever is asked of subdistricts and communities. */
export const vetoWords = /一票否决/;

type Report = (at: string, problem: string) => void;

export function nameOf(matter: MatterEntry): MatterName {
  return { entryId: matter.entry ?? null, category: matter.category ?? null, text: matter.text ?? null };
}

export function guardsOf(file: ResponsibilityFile): Guard[] {
  return (file.guards ?? []).flatMap(({ nature, categories = [], entries = [] }) => [
    ...categories.map((category) => ({ nature, category, entryId: null })),
    ...entries.map((entryId) => ({ nature, category: null, entryId })),
  ]);
}

/** What is wrong beyond the shape: unknown names, rows twice, parts where none belong, what communities never answer for. */
export function problemsOf(file: ResponsibilityFile, known: KnownNames, standing: readonly Guard[]): RefusalDetail[] {
  const problems: RefusalDetail[] = [];
  const report: Report = (at, problem) => problems.push({ at, problem });
  const categories = new Set([...known.entries.values()].map((entry) => entry.category));
  const guards = [...standing, ...guardsOf(file)];
  guardsOf(file).forEach(({ entryId, category }, index) => {
    if (entryId !== null && !known.entries.has(entryId)) report(`guards[${index}]`, unknown('entry', entryId));
    if (category !== null && !categories.has(category)) report(`guards[${index}]`, unknown('category', category));
  });
  const ids = new Set<string>();
  file.lists.forEach((list, index) => {
    const at = `lists[${index}] (${list.id})`;
    if (ids.has(list.id)) report(at, `"${list.id}" stands there twice`);
    ids.add(list.id);
    checkList(list, known, categories, guards, (place, problem) => report(`${at}${place}`, problem));
  });
  (file.admissions ?? []).forEach((one, index) =>
    checkAdmission(one, known, categories, (place, problem) => report(`admissions[${index}]${place}`, problem)),
  );
  return problems;
}

function checkList(
  list: ListFileEntry,
  known: KnownNames,
  categories: ReadonlySet<string>,
  guards: readonly Guard[],
  report: Report,
): void {
  if (parseLocalDate(list.effectiveOn) === null) report('.effectiveOn', 'is no date');
  if (vetoWords.test(`${list.title}${list.reason}`)) report('', 'must not speak of 一票否决');
  const units = list.level === 'subdistrict' ? known.subdistricts : known.communities;
  if (list.unit !== undefined && !units.has(list.unit)) report('.unit', unknown(list.level, list.unit));
  const keys = new Set<string>();
  const meanings = new Map<string, string>();
  list.entries.forEach((row, index) => {
    const say: Report = (place, problem) => report(`.entries[${index}] (${row.key})${place}`, problem);
    if (keys.has(row.key)) say('.key', 'stands there twice');
    keys.add(row.key);
    const meaning = [
      matterKey(nameOf(row.matter)),
      row.responsible.level,
      row.responsible.office ?? '',
      row.role,
    ].join();
    const earlier = meanings.get(meaning);
    if (earlier !== undefined) say('', `says the same as "${earlier}"`);
    meanings.set(meaning, row.key);
    checkMatter(row.matter, known, categories, say);
    checkRow(row, list, known, say);
    if (row.responsible.level === 'community' && isGuarded(row.matter, known, guards))
      say('.responsible', 'a community is never responsible for enforcement, demolition, clean-ups or city management');
  });
}

function checkRow(row: ListRowEntry, list: ListFileEntry, known: KnownNames, say: Report): void {
  const { office, level } = row.responsible;
  const found = office === undefined ? undefined : known.departments.get(office);
  if (office !== undefined && !found) say('.responsible.office', unknown('department', office));
  if (found && found.level !== level) say('.responsible.level', `"${found.id}" is of the level ${found.level}`);
  if (vetoWords.test(`${row.basis}${row.matter.text ?? ''}`)) say('', 'must not speak of 一票否决');
  if ((list.kind === 'performance') !== (row.part !== undefined))
    say('.part', 'stands in every row of a performance list, and nowhere else');
  if (row.part === 'cooperate' && row.role !== 'support') say('.role', 'a duty to cooperate is a supporting one');
  if (row.part === 'basic' && row.role !== 'lead') say('.role', 'a basic duty is a leading one');
  if (row.part === 'withdrawn' && (level === 'subdistrict' || level === 'community'))
    say('.responsible', 'must name the upper department that took the matter back');
  if ((list.kind === 'powers') !== (row.powerType !== undefined))
    say('.powerType', 'stands in every row of a list of powers, and nowhere else');
}

function checkMatter(matter: MatterEntry, known: KnownNames, categories: ReadonlySet<string>, say: Report): void {
  const { entry, category, text } = matter;
  if ([entry, category, text].filter((one) => one !== undefined).length !== 1)
    say('.matter', 'must name exactly one of entry, category, text');
  if (entry !== undefined && !known.entries.has(entry)) say('.matter.entry', unknown('entry', entry));
  if (category !== undefined && !categories.has(category)) say('.matter.category', unknown('category', category));
}

function checkAdmission(
  one: AdmissionFileEntry,
  known: KnownNames,
  categories: ReadonlySet<string>,
  say: Report,
): void {
  checkMatter(one.matter, known, categories, say);
  if (!known.departments.has(one.fromUnit) && !known.subdistricts.has(one.fromUnit))
    say('.fromUnit', unknown('unit', one.fromUnit));
  const units = one.toLevel === 'subdistrict' ? known.subdistricts : known.communities;
  if (one.toUnit !== undefined && !units.has(one.toUnit)) say('.toUnit', unknown(one.toLevel, one.toUnit));
  for (const account of [one.proposedBy, one.approvedBy])
    if (!known.officers.has(account)) say('', unknown('officer', account));
  if (one.proposedBy === one.approvedBy) say('.approvedBy', 'must be another officer than the proposer');
  if (parseLocalDate(one.effectiveOn) === null) say('.effectiveOn', 'is no date');
  if (one.endsOn !== undefined && (parseLocalDate(one.endsOn) === null || one.endsOn <= one.effectiveOn))
    say('.endsOn', 'must be a date after effectiveOn');
  if (vetoWords.test(`${one.title}${one.supportNote}`)) say('', 'must not speak of 一票否决');
}

/** Whether a named matter is of a guarded nature, as far as its name and the catalogue tell. */
export function isGuarded(matter: MatterEntry, known: Pick<KnownNames, 'entries'>, guards: readonly Guard[]): boolean {
  const entry = matter.entry === undefined ? undefined : known.entries.get(matter.entry);
  const asMatter: Matter = {
    entryId: matter.entry ?? null,
    name: entry?.name ?? matter.text ?? '',
    kind: entry?.kind ?? 'item',
    category: entry?.category ?? matter.category ?? '',
    type: entry?.implementation?.type ?? null,
    home: entry ? { level: 'district', ...entry.department } : null,
  };
  return naturesOf(asMatter, guards).length > 0;
}

function unknown(what: string, name: string): string {
  return `there is no ${what} "${name}"`;
}
