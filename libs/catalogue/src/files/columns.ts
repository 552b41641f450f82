/** How a cell is read: `list` is split by `|`, `json` holds a list of objects as JSON. */
export type ColumnKind = 'text' | 'integer' | 'yesNo' | 'date' | 'list' | 'json';

export interface Column {
  /** The path of the field: `guide.statutoryLimit.days`. */
  readonly name: string;
  readonly path: readonly string[];
  readonly kind: ColumnKind;
  /** A file without it is refused. */
  readonly required: boolean;
  /** An empty cell is an empty list, since the field is never left out. */
  readonly isNeverAbsent: boolean;
}

const always = new Set([
  'aliases',
  'keywords',
  'guide.basis',
  'guide.conditions',
  'guide.materials',
  'guide.steps',
  'guide.applicant',
  'guide.form',
]);
const required = new Set(['id', 'kind', 'name', 'department', 'category', 'summary']);

const kinds: Readonly<Record<ColumnKind, string>> = {
  text: `id kind name department category summary
    guide.audience guide.statutoryLimit.unit guide.committedLimit.unit guide.handling guide.fee guide.place guide.hours
    guide.enquiryPhone guide.complaintPhone guide.result guide.visits.reason guide.resultKind
    implementation.codes.scheme implementation.codes.basic implementation.codes.implementation
    implementation.codes.handling implementation.codes.localCatalogue implementation.codes.localTask
    implementation.codes.authority implementation.type implementation.level implementation.powerSource
    implementation.serviceMode implementation.scope implementation.basicName implementation.handlingName`,
  integer: `guide.statutoryLimit.days guide.committedLimit.days guide.age.min guide.age.max guide.visits.count
    guide.onlineDepth`,
  yesNo: 'guide.online guide.resultSample guide.paysOnline',
  date: 'implementation.effectiveOn implementation.endsOn',
  list: `aliases keywords phrasings guide.basis guide.conditions guide.steps guide.applicant implementation.audiences
    implementation.themes implementation.handlingForms implementation.jointWith`,
  json: 'guide.materials guide.form guide.situations guide.fees guide.questions',
};

const order = `id kind name department category aliases summary keywords phrasings
  guide.basis guide.audience guide.conditions guide.materials guide.situations guide.steps guide.statutoryLimit.days
  guide.statutoryLimit.unit guide.committedLimit.days guide.committedLimit.unit guide.handling guide.fee guide.fees
  guide.paysOnline guide.place guide.hours guide.enquiryPhone guide.complaintPhone guide.result guide.resultKind
  guide.resultSample guide.online guide.onlineDepth guide.visits.count guide.visits.reason guide.applicant guide.form
  guide.age.min guide.age.max guide.questions
  implementation.codes.scheme implementation.codes.basic implementation.codes.implementation
  implementation.codes.handling implementation.codes.localCatalogue implementation.codes.localTask
  implementation.codes.authority implementation.type implementation.level implementation.powerSource
  implementation.serviceMode implementation.scope implementation.audiences implementation.themes
  implementation.handlingForms implementation.basicName implementation.handlingName implementation.effectiveOn
  implementation.endsOn implementation.jointWith`;

const words = (text: string): string[] => text.split(/\s+/);

function kindOf(name: string): ColumnKind {
  const found = Object.entries(kinds).find(([, names]) => words(names).includes(name));
  return (found?.[0] ?? 'text') as ColumnKind;
}

/** Every column of a catalogue table, in the order an export writes them. */
export const columns: readonly Column[] = words(order).map((name) => ({
  name,
  path: name.split('.'),
  kind: kindOf(name),
  required: required.has(name),
  isNeverAbsent: always.has(name),
}));

const byName = new Map(columns.map((column) => [column.name, column]));

/** The column of that name, if there is one. */
export function columnNamed(name: string): Column | undefined {
  return byName.get(name);
}
