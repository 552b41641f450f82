import { Injectable } from '@nestjs/common';
import { DirectoryService } from '@linli/directory';
import { Database, type Tx } from '@linli/platform';
import { FactStore } from './fact.store';
import { PeriodStore } from './period.store';
import { Schemes } from './schemes.service';
import { indicatorsOf, type Direction } from './scheme';
import { scoreSheet, type ScoreSheet, type Tally } from './score-sheet';

/** Names by subject. */
export type Names = ReadonlyMap<string, string>;

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

  /** The names the directory has today; who left it keeps the name the events carried. */
  async names(direction: Direction): Promise<Names> {
    const known = direction === 'departments' ? this.directory.departments() : this.directory.subdistricts();
    return new Map((await known).map(({ id, name }) => [id, name]));
  }

  /** The indicators a sheet was made of, with their names in its scheme, also for one frozen long ago. */
  indicators(sheet: Pick<ScoreSheet, 'schemeVersion'>, direction: Direction): { id: string; name: string }[] {
    const scheme = this.schemes.named(sheet.schemeVersion);
    return scheme ? indicatorsOf(scheme, direction).map(({ id, name }) => ({ id, name })) : [];
  }
}

/** Under the names given; who has none keeps its own. */
export function named(tallies: readonly Tally[], names: Names): Tally[] {
  return tallies.map(({ subject: { id, name }, facts }) => ({ subject: { id, name: names.get(id) ?? name }, facts }));
}
