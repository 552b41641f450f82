import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Histogram, type HistogramData } from './histogram';
import { HttpLine } from './http-line';

/** Bookings over the API: by clients who never pause, or so many a second whatever the answers take. */
export interface BookingLoad {
  readonly kind: 'bookings';
  readonly ports: readonly number[];
  readonly clients: number;
  readonly slots: readonly string[];
  readonly warmUpMs: number;
  readonly ms: number;
  /** Bookings a second begun on time; null: the next as soon as the last is answered. */
  readonly perSecond: number | null;
  /** Signs residents' tokens, base64: who signs in is not what is measured. */
  readonly tokenKey: string;
}

export interface BookingSummary {
  readonly booked: number;
  readonly perSecond: number;
  /** Warm-up and end included: what the processes' time is divided by. */
  readonly all: number;
  /** Microseconds, from the moment a booking was due. */
  readonly latency: HistogramData;
  readonly failures: Readonly<Record<string, number>>;
}

const timeoutMs = 30_000;
const linesForRate = 256;

interface Book {
  readonly latency: Histogram;
  readonly failures: Map<string, number>;
  booked: number;
  all: number;
  counting: boolean;
}

export async function writeBookings(load: BookingLoad): Promise<BookingSummary> {
  const book: Book = { latency: new Histogram(), failures: new Map(), booked: 0, all: 0, counting: false };
  const stop = { now: false };
  const work = load.perSecond === null ? clients(load, book, stop) : arrivals(load, load.perSecond, book, stop);
  await sleep(load.warmUpMs);
  book.counting = true;
  const began = performance.now();
  await sleep(load.ms);
  book.counting = false;
  const seconds = (performance.now() - began) / 1000;
  stop.now = true;
  await work;
  return {
    booked: book.booked,
    all: book.all,
    perSecond: book.booked / seconds,
    latency: book.latency.toData(),
    failures: Object.fromEntries(book.failures),
  };
}

async function clients(load: BookingLoad, book: Book, stop: { now: boolean }): Promise<void> {
  const one = async (client: number): Promise<void> => {
    const line = new HttpLine(load.ports[client % load.ports.length] ?? 0);
    while (!stop.now) await bookOne(line, load, book, performance.now());
    line.close();
  };
  await Promise.all([...Array(load.clients).keys()].map(one));
}

/** Begins bookings at even distances; one that finds no line free waits, and its wait counts. */
async function arrivals(load: BookingLoad, perSecond: number, book: Book, stop: { now: boolean }): Promise<void> {
  const free = [...Array(linesForRate).keys()].map((n) => new HttpLine(load.ports[n % load.ports.length] ?? 0));
  const began = performance.now();
  const running = new Set<Promise<void>>();
  for (let n = 0; !stop.now;) {
    const due = began + (n * 1000) / perSecond;
    const line = performance.now() >= due ? free.pop() : undefined;
    if (!line) {
      await sleep(1);
      continue;
    }
    n += 1;
    const run = bookOne(line, load, book, due).finally(() => {
      free.push(line);
      running.delete(run);
    });
    running.add(run);
  }
  await Promise.all(running);
  for (const line of free) line.close();
}

async function bookOne(line: HttpLine, load: BookingLoad, book: Book, due: number): Promise<void> {
  const counted = book.counting;
  const slotId = load.slots[Math.floor(Math.random() * load.slots.length)] ?? '';
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${tokenOf(randomUUID(), load.tokenKey)}`,
    'Idempotency-Key': 'one',
  };
  let failure: string | null = null;
  try {
    const answer = await line.request('POST', '/api/v1/bookings', JSON.stringify({ slotId }), headers, timeoutMs);
    if (answer.status !== 201) failure = `HTTP ${answer.status} ${answer.body.slice(0, 200)}`;
  } catch (error) {
    failure = (error as Error).message;
  }
  if (failure === null) book.all += 1;
  if (failure !== null) book.failures.set(failure, (book.failures.get(failure) ?? 0) + 1);
  if (failure !== null || !counted || !book.counting) return;
  book.booked += 1;
  book.latency.record((performance.now() - due) * 1000);
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const head = encode({ alg: 'HS256', typ: 'JWT' });

/** A resident's token as the api signs it; each resident comes once. */
function tokenOf(sub: string, key: string): string {
  const now = Math.floor(Date.now() / 1000);
  const body = `${head}.${encode({ sub, kind: 'resident', iat: now, exp: now + 3600, iss: 'linli' })}`;
  return `${body}.${createHmac('sha256', Buffer.from(key, 'base64')).update(body).digest('base64url')}`;
}
