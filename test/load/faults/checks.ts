import { setTimeout as sleep } from 'node:timers/promises';
import type { Crowd, Spoken } from './crowd';
import type { Ground } from './ground';

const settleMs = 60_000;
/** A job that went down with its queue is found again by its event, five minutes later. */
const eventsMs = 420_000;
/** A second word to the same phone would have come by then. */
const echoMs = 400;

/** Everything that must hold once a crowd has fallen silent and the product has had time to finish; one sentence per breach. */
export async function check(ground: Ground, crowd: Crowd, withVerify = true): Promise<string[]> {
  const unsettled = await settle(ground);
  await sleep(echoMs);
  crowd.collect();
  return [
    ...unsettled,
    ...(await inboxHeld(ground, crowd.spoken)),
    ...answersHeld(crowd),
    ...(await casesHeld(ground, crowd.spoken)),
    ...(withVerify ? await verified(ground) : []),
  ];
}

async function verified(ground: Ground): Promise<string[]> {
  const found = await ground.stand.verify();
  return found === '' ? [] : [found];
}

/** Waits until nothing waits any more in inbox, deliveries and outbox. */
async function settle(ground: Ground): Promise<string[]> {
  const began = Date.now();
  const words = [
    await empties(ground, settleMs, 'messages still wait in the inbox', `platform_inbox where state = 'pending'`),
    await empties(ground, settleMs, 'deliveries still wait', `notification_delivery where state = 'queued'`),
    await empties(ground, eventsMs, 'events were not consumed', 'platform_outbox where consumed_at is null'),
  ];
  ground.eventsSettledMs = Math.max(ground.eventsSettledMs, Date.now() - began);
  return words.flat();
}

async function empties(ground: Ground, withinMs: number, what: string, from: string): Promise<string[]> {
  const until = Date.now() + withinMs;
  for (;;) {
    const { rows } = await ground.stand.db.query<{ count: number }>(`select count(*)::int as count from ${from}`);
    const count = rows[0]?.count ?? 0;
    if (count === 0) return [];
    if (Date.now() > until) return [`${count} ${what} after ${Math.round(withinMs / 1000)} s`];
    await sleep(100);
  }
}

/** Every message the platform was told is taken has exactly one row, handled. */
async function inboxHeld(ground: Ground, spoken: readonly Spoken[]): Promise<string[]> {
  const accepted = spoken.filter((one) => one.accepted).map((one) => `wx-${one.msgId}`);
  const { rows } = await ground.stand.db.query<{ id: string; state: string }>(
    'select message_id as id, state from platform_inbox where message_id = any($1)',
    [accepted],
  );
  const states = new Map(rows.map((row) => [row.id, row.state]));
  const missing = accepted.filter((id) => !states.has(id));
  const undone = rows.filter((row) => row.state !== 'done');
  return [
    ...(rows.length > states.size ? [`${rows.length - states.size} messages have more than one row in the inbox`] : []),
    ...missing.map((id) => `message ${id} was taken and is not in the inbox`),
    ...undone.map(({ id, state }) => `message ${id} was taken and is ${state}`),
  ];
}

/** Every message taken was answered once; what the platform gave up may still be answered, once. */
function answersHeld({ spoken, strays }: Crowd): string[] {
  const silent = spoken.filter((one) => one.accepted && !one.answered);
  const wrong = spoken.flatMap((one) => (one.wrong === null ? [] : [`a wrong answer: ${one.wrong}`]));
  const allowed = new Map<string, number>();
  for (const { openid, accepted } of spoken) if (!accepted) allowed.set(openid, (allowed.get(openid) ?? 0) + 1);
  const twice = strays.filter(({ openid }) => {
    const left = allowed.get(openid) ?? 0;
    allowed.set(openid, left - 1);
    return left <= 0;
  });
  return [
    ...silent.map((one) => `message ${one.msgId} was taken and never answered`),
    ...twice.map(({ text }) => `a phone was answered once too often: ${text.slice(0, 60).replaceAll('\n', ' / ')}`),
    ...wrong,
  ];
}

/** Every case an answer named is there once, with its history and its event, and no case is there that nobody asked for. */
async function casesHeld(ground: Ground, spoken: readonly Spoken[]): Promise<string[]> {
  const found: string[] = [];
  for (const { number } of spoken) {
    if (number === null) continue;
    if (ground.named.has(number)) found.push(`case ${number} was named in two answers`);
    ground.named.add(number);
  }
  ground.unsure += spoken.filter((one) => one.submitting && !one.answered).length;
  const { rows } = await ground.stand.db.query<Counts>(
    `select count(*)::int as there, count(distinct number)::int as numbers,
       count(*) filter (where number = any($1))::int as named,
       count(*) filter (where not exists (select 1 from casework_step s where s.case_id = c.id))::int as bare,
       count(*) filter (where not exists (
         select 1 from platform_outbox o where o.type = 'case.submitted' and o.payload->>'caseId' = c.id::text))::int as untold
     from casework_case c`,
    [[...ground.named]],
  );
  const { there = 0, numbers = 0, named = 0, bare = 0, untold = 0 } = rows[0] ?? {};
  const extra = there - ground.named.size;
  if (named < ground.named.size)
    found.push(`${ground.named.size - named} cases were named in an answer and are not there`);
  if (extra > ground.unsure)
    found.push(`${extra} cases are there that no answer named, at most ${ground.unsure} may be`);
  if (numbers < there) found.push(`${there - numbers} cases share a number`);
  if (bare > 0) found.push(`${bare} cases have no history`);
  if (untold > 0) found.push(`${untold} cases have no event in the outbox`);
  return found;
}

interface Counts {
  readonly there: number;
  readonly numbers: number;
  readonly named: number;
  readonly bare: number;
  readonly untold: number;
}
