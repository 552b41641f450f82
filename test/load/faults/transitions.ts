import { setTimeout as sleep } from 'node:timers/promises';
import { HttpLine } from '../http-line';
import { openidOf } from '../resident';
import { personaOf } from '../talk';
import { check } from './checks';
import { Crowd } from './crowd';
import { someMs, type Fault, type Trial } from './fault';
import { killWorker, type Ground } from './ground';
import { Life, type Crew } from './life';

const atOnce = { quick: 150, full: 1_000 };
const residents = 20;
const signInMs = 30_000;
const backMs = 120_000;

/** Api and worker die while officers act on very many cases at once; whoever got no answer asks again with the same key. */
export const killBetweenSteps: Fault = {
  name: 'kill -9 while officers act',
  quick: 1,
  full: 5,
  prepare: () => Promise.resolve({ apis: 1, workers: 1 }),
  attempt: async (ground) => {
    const { quick } = ground.run.options;
    const lives = await begin(ground, quick ? atOnce.quick : atOnce.full);
    const carried = Promise.all(lives.map((life) => life.carry()));
    for (let kills = quick ? 1 : 3; kills > 0; kills -= 1) {
      await sleep(someMs(300, 2_000));
      await Promise.all([killAndGoOn(ground, lives), killWorker(ground)]);
    }
    await carried;
    for (const { number } of lives) if (number !== '') ground.named.add(number);
    const violations = [
      ...lives.flatMap((life) => life.violations),
      ...(await check(ground, new Crowd(ground, 0))),
      ...(await stepsHeld(ground, lives)),
    ];
    return { spoken: lives.flatMap((life) => life.acknowledged), violations } satisfies Trial;
  },
};

/** Kills the api and starts it again; it is back once somebody's step is done, since a thousand wait before any probe. */
async function killAndGoOn(ground: Ground, lives: readonly Life[]): Promise<void> {
  const [api] = ground.stand.apis;
  const done = (): number => lives.reduce((sum, life) => sum + life.acknowledged.length, 0);
  const began = performance.now();
  await api?.kill();
  const before = done();
  api?.start();
  while (done() === before && lives.some((life) => !life.isOver)) {
    if (performance.now() - began > backMs) throw new Error('the api did not come back');
    await sleep(50);
  }
  ground.slowestRestartMs = Math.max(ground.slowestRestartMs, performance.now() - began);
}

async function begin(ground: Ground, count: number): Promise<Life[]> {
  const [port = 0] = ground.stand.ports;
  const line = new HttpLine(port);
  const officer = (account: string): Promise<string> =>
    tokenOf(line, '/api/v1/login/officer', { account, password: ground.stand.passwordOf(account) });
  const dispatcher = await officer('dispatcher.guihua');
  const rival = await officer('clerk.guihua');
  const department = await officer('dept.social-affairs');
  const seats = [...Array(residents).keys()].map(() => ground.nextSeat++);
  const crews: Crew[] = [];
  for (const seat of seats) {
    const resident = await tokenOf(line, '/api/v1/login/wechat', { code: `code-${openidOf(seat)}` });
    crews.push({ resident, dispatcher, rival, department });
  }
  line.close();
  return [...Array(count).keys()].map((at) => {
    const { name, phone } = personaOf(at);
    const application = { itemId: 'elder-allowance', applicant: { name, phone }, subdistrictId: 'guihua' };
    return new Life(at, port, crews[at % crews.length] ?? { resident: '', dispatcher, rival, department }, application);
  });
}

async function tokenOf(line: HttpLine, path: string, body: object): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await line.request('POST', path, JSON.stringify(body), headers, signInMs);
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${answer.body.slice(0, 200)}`);
  return (JSON.parse(answer.body) as { token: string }).token;
}

interface Counts {
  readonly unlike: number;
  readonly untold: number;
  readonly extra: number;
  readonly unheard: number;
  readonly unserved: number;
}

/** Every case took the steps of its life, each once, each with one event that was consumed once. */
async function stepsHeld(ground: Ground, lives: readonly Life[]): Promise<string[]> {
  const { rows } = await ground.stand.db.query<Counts>(
    `with wanted as (select * from unnest($1::text[], $2::text[]) w (number, steps)),
     ours as (select c.id, c.state, w.* from wanted w left join casework_case c on c.number = w.number),
     steps as (select s.*, o.number from casework_step s join ours o on o.id = s.case_id),
     events as (select e.* from platform_outbox e join ours o on e.payload->>'caseId' = o.id::text
       where e.type not in ('case.dueSoon', 'case.overdue', 'case.escalated'))
     select
       (select count(*)::int from ours o where o.steps is distinct from
         (select string_agg(s.what, ' ' order by s.revision) from steps s where s.case_id = o.id)) as unlike,
       (select count(*)::int from steps s where not exists (select 1 from events e where e.id = s.event_id)) as untold,
       (select count(*)::int from events e where not exists (select 1 from steps s where s.event_id = e.id)) as extra,
       (select count(*)::int from events e where e.type in ('case.accepted', 'case.corrected', 'case.closed') and
         (select count(*) from platform_consumed d where d.event_id = e.id and d.subscriber = 'openServiceEvent') <> 1)
         as unheard,
       (select count(*)::int from ours o where
         (select count(*) from rating_service_event r where r.case_id = o.id) <>
         (select count(distinct s.what) from steps s where s.case_id = o.id and s.what in ('accepted', 'corrected', 'closed')))
         as unserved`,
    [lives.map((life) => life.number), lives.map((life) => life.steps.join(' '))],
  );
  const { unlike = 0, untold = 0, extra = 0, unheard = 0, unserved = 0 } = rows[0] ?? {};
  return [
    [unlike, 'cases took other steps than were asked of them'],
    [untold, 'steps have no event'],
    [extra, 'events have no step'],
    [unheard, 'events were not consumed exactly once'],
    [unserved, 'cases may be rated for another number of things than were done'],
  ].flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
}
