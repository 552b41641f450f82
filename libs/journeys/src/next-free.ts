import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '@linli/platform';
import { OfferingDesks } from './offering-desks';

interface Kept {
  readonly until: number;
  readonly start: Promise<Date | null>;
}

const keptMs = 30_000;
const mostKept = 5_000;
const patienceMs = 300;
/** A desk that nobody asked for before is made first, which writes: never so many at once that searches wait for it. */
const mostAtOnce = 4;

/** The first free time of offerings, half a minute old at most; what is not known in time is left out. */
@Injectable()
export class NextFree {
  private readonly logger = new Logger(NextFree.name);
  private readonly kept = new Map<string, Kept>();
  private underWay = 0;

  constructor(
    private readonly desks: OfferingDesks,
    private readonly clock: Clock,
  ) {}

  /** By id of the offering; those without a free time, or not known in time, are missing, and found the next time. */
  async of(ids: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const found = new Map<string, Date>();
    const asked = ids.map(async (id) => {
      const start = await this.start(id);
      if (start) found.set(id, start);
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, patienceMs)));
    await Promise.race([Promise.all(asked), late]);
    clearTimeout(timer);
    return new Map(found);
  }

  private start(id: string): Promise<Date | null> {
    const now = this.clock.now().getTime();
    const known = this.kept.get(id);
    if (known && known.until > now) return known.start;
    if (this.underWay >= mostAtOnce) return Promise.resolve(null);
    if (this.kept.size >= mostKept) this.kept.clear();
    this.underWay += 1;
    const start = this.desks
      .slots(id, null, null)
      .then((slots) => slots.find((slot) => slot.free > 0)?.start ?? null)
      .catch((error: unknown) => {
        this.logger.warn(error, `the free times of ${id} are not known`);
        return null;
      })
      .finally(() => (this.underWay -= 1));
    this.kept.set(id, { until: now + keptMs, start });
    return start;
  }
}
