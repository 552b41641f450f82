import type { RefusalDetail } from '@linli/kernel';
import type { TableRecord } from '@linli/platform';
import { ownCode } from './codes/item-codes';
import { readEntry, type CatalogueFileEntry } from './entry-file';
import { toEntry, type FileRow } from './files/record';
import type { Finding, Severity } from './lint/rule';
import { mandatoryFindings } from './versions/six-fields';

/** What is worth a second look in a row that was taken. */
export interface RowFinding {
  readonly rule: string;
  readonly severity: Exclude<Severity, 'error'>;
  readonly at: string;
  readonly problem: string;
}

export interface CheckedRow {
  /** Null when anything is wrong with it. */
  readonly entry: CatalogueFileEntry | null;
  readonly problems: readonly RefusalDetail[];
  readonly findings: readonly RowFinding[];
  /** Whether it tells all that must be public of it. */
  readonly isComplete: boolean;
}

/** Turns a foreign row into one of ours. */
export type Translate = (record: TableRecord) => { record: TableRecord; problems: readonly RefusalDetail[] };

export interface RowCheckOptions {
  readonly departments: { has(name: string): boolean };
  readonly translate: Translate | null;
  /** Whether a power whose guide leaves out one of the six public fields is refused, or told. */
  readonly six: 'refused' | 'told';
}

const unlisted: Omit<RowFinding, 'at'> = {
  rule: 'six.unlisted',
  severity: 'advice',
  problem: 'is missing, so this power stands in no public list',
};

/** Checks the rows of one file in their order: each by itself, and against those before it. */
export class RowCheck {
  private readonly places = new Map<string, string>();

  constructor(private readonly options: RowCheckOptions) {}

  check(row: FileRow): CheckedRow {
    const { value, problems } = this.valueOf(row);
    if (value === undefined) return refused(located(row, '', problems));
    const read = readEntry(value, this.options.departments);
    const { entry } = read;
    // A cell that could not be read leaves its field empty, which need not be told as well.
    const told = new Set(problems.flatMap(({ at }) => [/^[\w.]+/.exec(at)?.[0], /\(([\w.]+)\)$/.exec(at)?.[1]]));
    const wrong = [...read.problems, ...read.findings.filter(({ severity }) => severity === 'error')];
    const untoldYet = wrong.filter(({ at }) => !told.has(at)).map(({ at, problem }) => ({ at, problem }));
    const all = [...problems, ...untoldYet, ...this.clashes(entry, row.place)];
    if (all.length > 0) return refused(located(row, idOf(entry), all));
    const six = mandatoryFindings(entry);
    const untold = six.filter(({ severity }) => severity === 'error');
    if (entry.guide && untold.length > 0 && this.options.six === 'refused')
      return refused(located(row, entry.id, untold));
    const findings = this.findings(entry, row.place, read.findings, six);
    return { entry, problems: [], findings, isComplete: untold.length === 0 };
  }

  private valueOf({ json, record, problems }: FileRow): { value: unknown; problems: readonly RefusalDetail[] } {
    const { translate } = this.options;
    const foreign = record ?? (translate && problems.length === 0 ? recordOf(json) : undefined);
    if (foreign === undefined) return { value: problems.length > 0 ? undefined : (json ?? null), problems };
    const ours = translate ? translate(foreign) : { record: foreign, problems: [] };
    const entry = toEntry(ours.record);
    return { value: entry.value, problems: [...problems, ...ours.problems, ...entry.problems] };
  }

  private clashes(entry: CatalogueFileEntry, place: string): RefusalDetail[] {
    const codes: unknown = entry.implementation?.codes;
    const code = typeof codes === 'object' && codes !== null ? ownCode(codes as never) : null;
    return [
      ...this.twice('id', entry.id, place, 'delete one of the two, or give it another id'),
      ...(code === null ? [] : this.twice('implementation.codes', code, place, 'delete one of the two')),
    ];
  }

  private twice(at: string, value: unknown, place: string, advice: string): RefusalDetail[] {
    if (typeof value !== 'string' || value === '') return [];
    const key = `${at} ${value}`;
    const earlier = this.places.get(key);
    if (earlier !== undefined) return [{ at, problem: `"${value}" stands already on ${earlier}: ${advice}` }];
    this.places.set(key, place);
    return [];
  }

  private findings(
    entry: CatalogueFileEntry,
    place: string,
    broken: readonly Finding[],
    six: readonly Finding[],
  ): RowFinding[] {
    const where = `${place} (${entry.id}), `;
    const findings = broken.flatMap(({ rule, severity, at, problem }): RowFinding[] =>
      severity === 'error' ? [] : [{ rule, severity, at: where + at, problem }],
    );
    findings.push(...sixFindings(entry, six, where));
    const key = `name ${entry.department} ${entry.name}`;
    const earlier = this.places.get(key);
    if (earlier === undefined) this.places.set(key, place);
    else {
      const problem = `"${entry.name}" of ${entry.department} stands already on ${earlier} under another code`;
      findings.push({ rule: 'name.same-again', severity: 'warning', at: `${where}name`, problem });
    }
    return findings;
  }
}

/** What is not told of the six public fields, as far as the row is taken without them. */
function sixFindings(entry: CatalogueFileEntry, findings: readonly Finding[], where: string): RowFinding[] {
  if (entry.guide)
    return findings.map(({ rule, at, problem }) => ({ rule, severity: 'warning', at: where + at, problem }));
  return findings.some(({ severity }) => severity === 'error') ? [{ ...unlisted, at: `${where}guide` }] : [];
}

function refused(problems: readonly RefusalDetail[]): CheckedRow {
  return { entry: null, problems, findings: [], isComplete: false };
}

function idOf({ id }: CatalogueFileEntry): string {
  return typeof id === 'string' ? id : '';
}

export function located(
  { place }: Pick<FileRow, 'place'>,
  id: string,
  problems: readonly RefusalDetail[],
): RefusalDetail[] {
  const where = `${place}${id ? ` (${id.slice(0, 64)})` : ''}`;
  return problems.map(({ at, problem }) => ({ at: `${where}, ${at}`, problem }));
}

/** A flat JSON object as a row of a table; undefined for what is none. */
function recordOf(json: unknown): TableRecord | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const cells = Object.entries(json).filter(([, cell]) => ['string', 'number', 'boolean'].includes(typeof cell));
  return new Map(cells as [string, string | number | boolean][]);
}
