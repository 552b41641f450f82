import { fillPast, openDesks } from './booking-ground';
import type { BookingSummary } from './booking-writer';
import { Histogram } from './histogram';
import { HttpLine } from './http-line';
import type { Section } from './report';
import type { Stand } from './stand';

/** Two products side by side: one that has just begun, one with years of bookings behind. */
interface Pair {
  readonly empty: Stand;
  readonly filled: Stand;
  readonly slots: readonly string[];
  readonly past: number;
  readonly say: (words: string) => void;
}

interface Years {
  readonly section: Section;
  readonly rounds: readonly BookingSummary[];
}

type Http = (ports: readonly number[], slots: readonly string[]) => Promise<BookingSummary>;

const rounds = 3;
const monthReads = 300;
const monthWarmUp = 50;

/**
 * Whether a booking costs the same behind a million. The speed of a machine drifts by more than what is sought, so both
 * are asked in turn, three times each, and their medians compared.
 */
export async function behindYears({ empty, filled, slots, past, say }: Pair, http: Http): Promise<Years> {
  say(`booking: ${past} bookings of the past, on a server of their own`);
  await openDesks(filled.db, new Date());
  await fillPast(filled.db, past);
  const month = await monthOf(filled);
  const warm = [await http(filled.ports, slots)];
  const [before, behind]: [BookingSummary[], BookingSummary[]] = [[], []];
  for (let round = 1; round <= rounds; round += 1) {
    say(`booking: empty and filled in turn, ${round} of ${rounds}`);
    before.push(await http(empty.ports, slots));
    behind.push(await http(filled.ports, slots));
  }
  const [atFirst, later] = [median(before), median(behind)];
  await filled.stop();
  return {
    rounds: [...warm, ...before, ...behind],
    section: {
      bench: 'booking',
      title: `with years of bookings behind: ${rounds} rounds each in turn, medians`,
      columns: ['bookings behind', 'bookings/s', 'of empty', 'empty/s', 'month p50 ms', 'month p99 ms'],
      rows: [[past, later, later / atFirst, atFirst, month.at(0.5), month.at(0.99)]],
      notes: [
        `rounds, empty then filled: ${before.map((one, n) => `${whole(one)} ${whole(behind[n])}`).join(', ')}`,
        `month: GET /api/v1/services/{id}/slots of a service with ${month.slots} slots, asked ${monthReads} times behind them`,
        'vacuum and checkpoint after filling: the bench fills in seconds what takes years',
      ],
    },
  };
}

function whole(one: BookingSummary | undefined): string {
  return String(Math.round(one?.perSecond ?? 0));
}

function median(all: readonly BookingSummary[]): number {
  return [...all].map((one) => one.perSecond).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}

/** Reads one service's month again and again; milliseconds. */
async function monthOf(stand: Stand): Promise<{ readonly slots: number; readonly at: (share: number) => number }> {
  const line = new HttpLine(stand.ports[0] ?? 0);
  const latency = new Histogram();
  let slots = 0;
  for (let n = 0; n < monthWarmUp + monthReads; n += 1) {
    const began = performance.now();
    const answer = await line.request('GET', '/api/v1/services/month-1.bench/slots', '', {}, 30_000);
    if (n >= monthWarmUp) latency.record((performance.now() - began) * 1000);
    slots = (JSON.parse(answer.body) as { items: unknown[] }).items.length;
  }
  line.close();
  return { slots, at: (share) => latency.percentile(share) / 1000 };
}
