import { createHmac } from 'node:crypto';
import { newId } from '@linli/kernel';
import { freePort } from '@linli/platform';
import { ask } from '../support/front-door';
import { openSplitProduct, startDoor, type DoorProcess, type SplitProduct } from '../support/processes';

let product: SplitProduct;
let more: DoorProcess[];
let urls: string[];

beforeAll(async () => {
  product = await openSplitProduct();
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  more = await Promise.all(ports.map((port) => startDoor('api', { ...product.env, PORT: String(port) })));
  urls = [product.url, ...ports.map((port) => `http://127.0.0.1:${port}`)];
}, 120_000);
afterAll(async () => {
  await Promise.all(more.map((one) => one.stop()));
  await product.close();
}, 60_000);

/** The token a resident is given at sign-in; two hundred sign-ins are not what is tried here. */
function tokenOf(residentId: string): Record<string, string> {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: residentId, kind: 'resident', iat: now, exp: now + 3600, iss: 'linli' };
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  const mac = createHmac('sha256', product.ground.keys.token).update(body).digest('base64url');
  return { authorization: `Bearer ${body}.${mac}` };
}

interface Slot {
  readonly id: string;
  readonly free: number;
  readonly capacity: number;
}

async function slotOf(offering: string, n: number): Promise<Slot> {
  const { body } = await ask(product.url, 'GET', `/api/v1/services/${offering}/slots`);
  const slot = (body['items'] as Slot[])[n];
  if (!slot) throw new Error(`${offering} has no slot ${n}`);
  return slot;
}

function counted(answers: readonly { status: number; body: Record<string, unknown> }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = status === 201 ? 'booked' : `${status} ${String(body['code'])}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

it('two hundred at four doors for one time get exactly its seats', async () => {
  await product.db.database
    .sql(`update booking_desk set rules = jsonb_set(rules, '{capacity}', '10'), revision = revision + 1
    where id = 'guihua-hall.desk-windows'`);
  // The doors remember a desk for some seconds; the first booking at each finds out that it changed.
  const slot = await slotOf('guihua-hall.general', 30);
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      ask(urls[n % 4] ?? '', 'POST', '/api/v1/bookings', tokenOf(newId()), { slotId: slot.id }),
    ),
  );
  expect(counted(answers)).toEqual({ booked: 10, '409 booking.full': 190 });
  expect(new Set(answers.map(({ body }) => body['number']).filter(Boolean)).size).toBe(10);
  expect((await slotOf('guihua-hall.general', 30)).free).toBe(0);
}, 60_000);

it('a request whose answer was lost with its process gets the same booking from another', async () => {
  const slot = await slotOf('guihua-hall.general', 40);
  const send = (url: string, residentId: string): ReturnType<typeof ask> =>
    ask(url, 'POST', '/api/v1/bookings', { ...tokenOf(residentId), 'idempotency-key': 'cut-off' }, { slotId: slot.id });
  const people = Array.from({ length: 9 }, () => newId());
  const sent = people.map((who) => send(urls[1] ?? '', who).catch(() => null));
  await Promise.race(sent);
  await more[0]?.kill();
  const first = await Promise.all(sent);
  const second = await Promise.all(people.map((who) => send(urls[2] ?? '', who)));
  expect(counted(second)).toEqual({ booked: 9 });
  first.forEach((answer, n) => {
    if (answer?.status === 201) expect(second[n]?.body['id']).toBe(answer.body['id']);
  });
  const [row] = await product.db.database.sql<{ bookings: number; taken: number }>(
    `select count(*)::int as bookings, max(s.taken) as taken from booking_booking b
     join booking_slot s on s.desk_id = b.desk_id and s.starts_at = b.starts_at where b.resident_id = any($1::uuid[])`,
    [people],
  );
  expect(row).toEqual({ bookings: 9, taken: 9 });
}, 60_000);
