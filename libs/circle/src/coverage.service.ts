import { Inject, Injectable } from '@nestjs/common';
import { addDays, localDate, parseLocalDate, Refusal, type LocalDate, type WorkCalendar } from '@linli/kernel';
import { CALENDAR, Clock } from '@linli/platform';
import type { CategoryPlace } from './category';
import { CircleSettings } from './circle-settings.service';
import { coverageOf, type Coverage } from './coverage';
import type { CoverageLimit, ReachedPoint } from './coverage-facts';
import { coverageSvg } from './coverage-svg';
import { CoverageStore, type ResidenceReach } from './coverage.store';
import { groundScale } from './geometry';
import { GroundService } from './ground.service';
import { opensOn } from './hours';
import { named, type NamedUnmet } from './unmet';
import { UnmetStore } from './unmet.store';
import { walkingMinutes } from './walking';

/** A report and when it stops being given again. */
interface Kept {
  readonly until: number;
  readonly report: Promise<Report>;
}

interface Report {
  readonly coverage: Coverage;
  readonly points: readonly ReachedPoint[];
  readonly open: readonly Buffer[];
}

const keptMs = 60_000;
const mostKept = 8;
/** Searches without a result are told for so many days. */
const unmetDays = 30;
/** How far ahead or back a report may look, in days. */
const widest = 400;
const exerciseSpot = 'exerciseSpot';

/** How well the circle covers the district: shares, gaps, document 004's figures, and a map of them. */
@Injectable()
export class CoverageService {
  private readonly kept = new Map<LocalDate, Kept>();

  constructor(
    private readonly store: CoverageStore,
    private readonly ground: GroundService,
    private readonly unmet: UnmetStore,
    private readonly settings: CircleSettings,
    private readonly clock: Clock,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** The report of a day (today when none is named): places count that open on it. At most a minute old. */
  async coverage(on: string | undefined): Promise<Coverage> {
    return (await this.report(on)).coverage;
  }

  /** Searches of the last thirty days that found nothing. */
  async unmetSearches(): Promise<NamedUnmet[]> {
    const today = localDate(this.clock.now());
    const found = await this.unmet.between(addDays(today, -unmetDays), today);
    return found.map((one) => named(one, this.settings.categories));
  }

  /** The map of one category: communities shaded by share, places, points covered and not. */
  async map(on: string | undefined, category: string, minutes: CoverageLimit): Promise<string> {
    const { top } = this.category(category);
    const { coverage, points, open } = await this.report(on);
    const [places, { areas }] = await Promise.all([this.store.points(top.code, open), this.ground.current()]);
    return coverageSvg({ coverage, points, places, areas, category: top, minutes });
  }

  private category(word: string): CategoryPlace {
    const place = this.settings.categories.find(word);
    if (!place) throw new Refusal('circle.categoryUnknown');
    return place;
  }

  private report(asked: string | undefined): Promise<Report> {
    const today = localDate(this.clock.now());
    const on = asked === undefined ? today : parseLocalDate(asked);
    if (!on || on > addDays(today, widest) || on < addDays(today, -widest)) throw new Refusal('circle.dateInvalid');
    const now = performance.now();
    const known = this.kept.get(on);
    if (known && known.until > now) return known.report;
    const report = this.reckon(on);
    this.kept.delete(on);
    this.kept.set(on, { until: now + keptMs, report });
    for (const old of [...this.kept.keys()].slice(0, -mostKept)) this.kept.delete(old);
    report.catch(() => this.kept.delete(on));
    return report;
  }

  private async reckon(on: LocalDate): Promise<Report> {
    const { categories } = this.settings;
    const open = (await this.store.hours())
      .filter(({ hours }) => opensOn(hours, on, this.calendar))
      .map((one) => one.key);
    const tops = await this.store.tops(open);
    const [reaches, facilities, known] = await Promise.all([
      this.store.reaches(tops, open),
      this.store.facilities(categories.find(exerciseSpot)?.leaf.code ?? 0),
      this.ground.known(),
    ]);
    const points = reaches.map((one) => this.reached(one, tops));
    const named = (level: 'subdistrict' | 'community'): { id: string; name: string; subdistrictId: string }[] =>
      known.filter((one) => one.level === level).map(({ id, name, subdistrictId }) => ({ id, name, subdistrictId }));
    const coverage = coverageOf({
      on,
      categories: categories.tops,
      points,
      subdistricts: named('subdistrict'),
      communities: named('community'),
      facilities,
    });
    return { coverage, points, open };
  }

  private reached({ lat, lng, reaches, ...point }: ResidenceReach, tops: readonly number[]): ReachedPoint {
    const { categories, walking } = this.settings;
    const walks = categories.tops.map(({ id, code }): [string, number | null] => {
      const reach = reaches?.[tops.indexOf(code)] ?? null;
      return [id, reach === null ? null : walkingMinutes(reach * groundScale(lat), walking)];
    });
    return { ...point, location: { lat, lng }, walks: Object.fromEntries(walks) };
  }
}
