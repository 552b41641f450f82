import { canonicalJson } from '../files/canonical-json';
import { fieldLabels } from './field-words';
import { diffSequence } from './sequence-diff';
import { valueText } from './value-text';

/** One field in which two versions differ, in words an officer reads; null where there is nothing. */
export interface VersionChange {
  /** `guide.materials[id-card].required`, `guide.steps[2]`. */
  readonly path: string;
  /** The field's Chinese name, with the material or step it belongs to. */
  readonly label: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before: string | null;
  readonly after: string | null;
}

type Branch = Readonly<Record<string, unknown>>;

/** Where the walk stands: `path` for readers, `kind` the same with `[]` for elements, `label` so far. */
interface Place {
  readonly path: string;
  readonly kind: string;
  readonly label: string;
}

/** Read in their order; other lists are sets of words. */
const ordered = new Set(['guide.basis', 'guide.conditions', 'guide.steps']);
/** Told in one sentence though they have several fields. */
const whole = new Set(['guide.statutoryLimit', 'guide.committedLimit', 'guide.age']);

/** Everything in which the second version differs from the first, in the order of the fields; empty when equal. */
export function diffVersions(before: object, after: object): VersionChange[] {
  return walk({ path: '', kind: '', label: '' }, before, after);
}

function walk(place: Place, before: unknown, after: unknown): VersionChange[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (isBranch(before) && isBranch(after) && !whole.has(place.kind)) return walkFields(place, before, after);
  if (!Array.isArray(before) || !Array.isArray(after)) return [changeAt(place, before, after)];
  if (isTexts(before) && isTexts(after) && ordered.has(place.kind)) return walkOrdered(place, before, after);
  const [was, is] = [byIdentity(before), byIdentity(after)];
  return was && is ? walkElements(place, was, is) : [changeAt(place, before, after)];
}

function walkFields(place: Place, before: Branch, after: Branch): VersionChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return sorted(place, keys).flatMap((key) => walk(field(place, key), before[key], after[key]));
}

/** Steps, conditions and basis: what came, went or was reworded, each with its number. */
function walkOrdered(place: Place, before: readonly string[], after: readonly string[]): VersionChange[] {
  return diffSequence(before, after).map((one) =>
    changeAt(
      { path: `${place.path}[${one.at}]`, kind: `${place.kind}[]`, label: `${place.label}第${one.at + 1}条` },
      one.before,
      one.after,
    ),
  );
}

/** Materials and other lists of things with a name of their own, whichever place they stand in. */
function walkElements(
  place: Place,
  before: ReadonlyMap<string, Branch>,
  after: ReadonlyMap<string, Branch>,
): VersionChange[] {
  const ids = [...after.keys(), ...[...before.keys()].filter((id) => !after.has(id))];
  const changes = ids.flatMap((id) => {
    const kind = `${place.kind}[]`;
    const name = valueText(kind, after.get(id) ?? before.get(id)) ?? id;
    return walk(
      { path: `${place.path}[${id}]`, kind, label: `${place.label}「${name}」` },
      before.get(id),
      after.get(id),
    );
  });
  const kept = (map: ReadonlyMap<string, Branch>, other: ReadonlyMap<string, Branch>): string[] =>
    [...map.keys()].filter((id) => other.has(id));
  const [was, is] = [kept(before, after), kept(after, before)];
  if (was.join('\n') === is.join('\n')) return changes;
  const names = (keys: readonly string[]): string =>
    keys.map((id) => valueText(place.kind, after.get(id)) ?? id).join('、');
  const order = { path: place.path, label: `${place.label}的顺序`, before: names(was), after: names(is) };
  return [...changes, { ...order, change: 'changed' }];
}

function changeAt({ path, kind, label }: Place, before: unknown, after: unknown): VersionChange {
  const change =
    before === undefined || before === null ? 'added' : after === undefined || after === null ? 'removed' : 'changed';
  return { path, label, change, before: valueText(kind, before), after: valueText(kind, after) };
}

function field({ path, kind, label }: Place, key: string): Place {
  const inner = kind === '' ? key : `${kind}.${key}`;
  const own = fieldLabels[inner] ?? key;
  const isElement = kind.endsWith('[]');
  return { path: path === '' ? key : `${path}.${key}`, kind: inner, label: isElement ? `${label}：${own}` : own };
}

const order = new Map(Object.keys(fieldLabels).map((kind, index) => [kind, index]));

function sorted({ kind }: Place, keys: readonly string[]): string[] {
  const rank = (key: string): number => order.get(kind === '' ? key : `${kind}.${key}`) ?? order.size;
  return [...keys].sort((a, b) => rank(a) - rank(b));
}

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(values: readonly unknown[]): values is readonly string[] {
  return values.every((value) => typeof value === 'string');
}

/** The elements of a list by what names them; null when something has no name or two share one. */
function byIdentity(values: readonly unknown[]): Map<string, Branch> | null {
  const found = new Map<string, Branch>();
  for (const value of values) {
    if (!isBranch(value)) return null;
    const id = value['id'] ?? value['question'] ?? value['name'];
    if (typeof id !== 'string' || found.has(id)) return null;
    found.set(id, value);
  }
  return found;
}
