import { Injectable } from '@nestjs/common';
import { DirectoryService } from '@linli/directory';
import { Database, type Tx } from '@linli/platform';
import { FactStore } from './fact.store';
import { PeriodStore } from './period.store';
import { Schemes } from './schemes.service';
import { indicatorsOf, type Direction, type SheetIndicator } from './scheme';
import { scoreSheet, type ScoreSheet, type Tally } from './score-sheet';
import type { Heading } from './score-table';
import { staffSheet, type StaffSheet } from './staff-sheet';

/** What the directory knows of a subject. */
export interface Known {
  readonly name: string;
  /** How many people live there (常住人口), where it was said. */
  readonly residents?: number;
  readonly isCommunity?: true;
}

/** Subjects the directory knows, by id. */
export type Names = ReadonlyMap<string, Known>;

/** Months' sheets from the facts of the day. */
@Injectable()
export class Sheets {
  constructor(
    private readonly database: Database,
    private readonly facts: FactStore,
    private readonly periods: PeriodStore,
    private readonly directory: DirectoryService,
    private readonly schemes: Schemes,
  ) {}

  /** A month's sheet: as frozen when it is closed, else as of now. */
  async of(period: string, direction: Direction): Promise<ScoreSheet> {
    const frozen = (await this.periods.frozen([period], direction)).get(period);
    if (frozen) return { ...frozen, late: await this.periods.late(period) };
    const [sheet, preview] = await Promise.all([
      this.live(this.database, period, direction, await this.names(direction)),
      this.periods.previewOf(this.database, period),
    ]);
    return preview ? { ...sheet, appealsUntil: preview.appealsUntil.toISOString() } : sheet;
  }

  /** Several months' sheets, two statements whatever their number. */
  async several(periods: readonly string[], direction: Direction): Promise<ScoreSheet[]> {
    const frozen = await this.periods.frozen(periods, direction);
    const open = periods.filter((period) => !frozen.has(period));
    const names = await this.names(direction);
    const tallies = await this.facts.tallies(this.database, open, direction);
    return periods.map(
      (period) =>
        frozen.get(period) ??
        scoreSheet(period, direction, this.schemes.of(period), named(tallies.get(period) ?? [], names)),
    );
  }

  /** The sheet of an open month, with what was taken out of it. */
  async live(source: Pick<Tx, 'sql'>, period: string, direction: Direction, names: Names): Promise<ScoreSheet> {
    const tallies = (await this.facts.tallies(source, [period], direction)).get(period) ?? [];
    const exclusions = await this.facts.exclusions(source, period, direction);
    const sheet = scoreSheet(period, direction, this.schemes.of(period), named(tallies, names));
    return exclusions.length > 0 ? { ...sheet, exclusions } : sheet;
  }

  /** A month's officers, from what was counted for each; no base row is looked at. */
  async staff(period: string, subdistrictId: string | null): Promise<StaffSheet> {
    const tallies = (await this.facts.tallies(this.database, [period], 'officers')).get(period) ?? [];
    const members = await this.directory.staff(tallies.map(({ subject }) => subject.id));
    const within = members.filter((one) => subdistrictId === null || one.subdistrictId === subdistrictId);
    return staffSheet(period, tallies, within);
  }

  /** What the directory says today; who left it keeps the name the events carried. */
  async names(direction: Direction): Promise<Names> {
    if (direction === 'subdistricts') {
      const [all, residents] = await Promise.all([this.directory.subdistricts(), this.directory.populations()]);
      const sized = (id: string): Pick<Known, 'residents'> => {
        const people = residents.get(id);
        return people === undefined ? {} : { residents: people };
      };
      return new Map(all.map(({ id, name }) => [id, { name, ...sized(id) }]));
    }
    const [departments, communities] = await Promise.all([this.directory.departments(), this.directory.communities()]);
    return new Map<string, Known>([
      ...communities.map(({ id, name }): [string, Known] => [id, { name, isCommunity: true }]),
      ...departments.map(({ id, name, level }): [string, Known] => [
        id,
        { name, ...(level === 'community' ? { isCommunity: true as const } : {}) },
      ]),
    ]);
  }

  /** The indicators a sheet was made of, with their names in its scheme, also for one frozen long ago. */
  indicators(sheet: Pick<ScoreSheet, 'schemeVersion'>, direction: Direction): Heading[] {
    const scheme = this.schemes.named(sheet.schemeVersion);
    return scheme ? indicatorsOf(scheme, direction).map(headingOf) : [];
  }
}

/** Under the names given, with what else is known; who is not known keeps its own name. */
export function named(tallies: readonly Tally[], names: Names): Tally[] {
  return tallies.map(({ subject: { id, name }, facts }) => {
    const known = names.get(id);
    return {
      subject: { id, name: known?.name ?? name },
      facts: known?.residents === undefined ? facts : { ...facts, residents: known.residents },
      ...(known?.isCommunity ? { isCommunity: true } : {}),
    };
  });
}

/** What was known of subjects when their tallies were kept. */
export function namesOf(tallies: readonly Tally[]): Names {
  return new Map(
    tallies.map(({ subject: { id, name }, facts: { residents }, isCommunity }) => [
      id,
      { name, ...(residents === undefined ? {} : { residents }), ...(isCommunity ? { isCommunity } : {}) },
    ]),
  );
}

function headingOf({ id, name, per, each }: SheetIndicator): Heading {
  return { id, name, ...(per === 'perCapita' && each !== undefined ? { each } : {}) };
}
