import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AssessmentModule, AssessmentService, Periods } from '@linli/assessment';
import { grades, type EventOf } from '@linli/contracts';
import { schema } from '@linli/journeys';
import { localDate, monthOf, newId } from '@linli/kernel';
import { Database, ephemeralKeys, PlatformModule, readConfig } from '@linli/platform';
import { clusterUser } from '../../libs/platform/src/embedded-cluster';
import { assessorKey, district, fillRatings, monthsBefore, plainAggregate, reckonAll } from './assessment-ground';
import type { BenchRun } from './bench';
import { verified } from './chat';
import { Cluster } from './cluster';
import { Histogram } from './histogram';
import { HttpLine } from './http-line';
import { machineOf } from './machine';
import type { BenchResult, Cell } from './report';
import { Stand } from './stand';

const reads = 200;
const aggregates = 20;
const inFlight = 400;
const workers = 2;
const rollUpEveryMs = 2000;

@Module({})
class AssessmentBench {}

/** A month's scores from the api, ratings absorbed by two workers, closing and recomputing; beside it plain SQL. */
export async function assessment(run: BenchRun): Promise<BenchResult> {
  const { options, cleanUp, say } = run;
  const ratings = options.quick ? 200_000 : 10_000_000;
  say('assessment: starting PostgreSQL and one api');
  const cluster = await Cluster.create(cleanUp);
  const stand = await Stand.open(cluster, { apis: 1, workers: 0, platformUrl: 'http://127.0.0.1:9' }, cleanUp);
  const machine = await machineOf(stand.db);
  const now = new Date();
  const months = monthsBefore(now);
  const last = months.at(-1) ?? '';
  say(`assessment: ${ratings} ratings over ${months.length} months`);
  const filling = performance.now();
  await fillRatings(stand.db, ratings, months);
  say(`assessment: filled in ${((performance.now() - filling) / 1000).toFixed(1)} s; reckoning all months`);
  const allS = await reckonAll(stand.db);
  const headers = { 'x-api-key': await assessorKey(stand.db) };
  say('assessment: scores, evidence, and the plain aggregate');
  const path = `/api/v1/assessments/${last}/scores`;
  const looks = {
    departments: await answers(stand, `${path}?direction=departments`, headers),
    subdistricts: await answers(stand, `${path}?direction=subdistricts`, headers),
    evidence: await answers(stand, `${path}/bd7/evidence?indicator=satisfaction`, headers),
    plain: await aggregate(stand, last),
  };
  say('assessment: absorbing');
  const rooms = await Promise.all(Array.from({ length: workers }, () => open(run, cluster)));
  const absorbed = await absorb(rooms, monthOf(localDate(now)), (options.seconds ?? (options.quick ? 5 : 20)) * 1000);
  say('assessment: closing and recomputing');
  const closed = await closeMonth(rooms[0], last, now);
  const violations = [
    ...(closed.same ? [] : [`${last} recomputed differs from what it was closed with`]),
    ...(await unequal(stand)),
    ...(await verified(stand)),
  ];
  await Promise.all(rooms.map((room) => room.close()));
  await stand.stop();
  return {
    machine,
    sections: [
      {
        bench: 'assessment',
        title: `looks, ${ratings} ratings in ${district.months} months, ${district.subdistricts} subdistricts, ${district.departments} departments`,
        columns: ['look', 'p50 ms', 'p99 ms'],
        rows: [
          ['scores of departments, api', ...latency(looks.departments)],
          ['scores of subdistricts, api', ...latency(looks.subdistricts)],
          ['page of evidence, api', ...latency(looks.evidence)],
          ['plain SQL aggregate, departments', ...latency(looks.plain)],
        ],
      },
      {
        bench: 'assessment',
        title: `absorbing, ${workers} workers with ${inFlight} events each`,
        columns: ['ratings', 'ratings/s', 'deltas left'],
        rows: [[absorbed.count, absorbed.perSecond, absorbed.left]],
      },
      {
        bench: 'assessment',
        title: 'closing and recomputing a month from its base rows',
        columns: ['services in the month', 'close s', 'recompute s', 'same bytes', `all ${months.length} months s`],
        rows: [
          [
            ...[Math.round((ratings * 1.5) / months.length), closed.closeS, closed.recomputeS],
            ...[closed.same ? 'yes' : 'no', allS],
          ],
        ],
      },
    ],
    violations,
  };
}

async function open({ cleanUp }: BenchRun, cluster: Cluster): Promise<INestApplicationContext> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-bench-assessment-'));
  cleanUp.defer(() => {
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  });
  const databaseUrl = cluster.url(clusterUser);
  const config = readConfig({ DATA_DIR: folder, DATABASE_URL: databaseUrl, KEYS_FILE: join(folder, 'keys.json') });
  const platform = PlatformModule.register({ config, keys: ephemeralKeys(), databaseUrl, schema });
  return NestFactory.createApplicationContext(
    { module: AssessmentBench, imports: [platform, AssessmentModule] },
    { logger: ['error'] },
  );
}

async function answers(stand: Stand, path: string, headers: Readonly<Record<string, string>>): Promise<Histogram> {
  const line = new HttpLine(stand.ports[0] ?? 0);
  const measured = new Histogram();
  for (let n = 0; n < reads + 20; n += 1) {
    const began = performance.now();
    const { status, body } = await line.request('GET', path, '', headers, 30_000);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${body.slice(0, 200)}`);
    if (n >= 20) measured.record((performance.now() - began) * 1000);
  }
  line.close();
  return measured;
}

async function aggregate(stand: Stand, period: string): Promise<Histogram> {
  const measured = new Histogram();
  for (let n = 0; n < aggregates; n += 1) {
    const began = performance.now();
    await stand.db.query(plainAggregate, [period]);
    measured.record((performance.now() - began) * 1000);
  }
  return measured;
}

interface Absorbed {
  readonly count: number;
  readonly perSecond: number;
  readonly left: number;
}

/** Ratings as fast as they are taken, while the deltas are folded as the worker folds them. */
async function absorb(rooms: readonly INestApplicationContext[], period: string, ms: number): Promise<Absorbed> {
  const services = rooms.map((room) => room.get(AssessmentService, { strict: false }));
  const [first] = services;
  const database = rooms[0]?.get(Database, { strict: false });
  if (!first || !database) throw new Error('there is no worker');
  const began = performance.now();
  const until = began + ms;
  let count = 0;
  const work = async (service: AssessmentService): Promise<void> => {
    while (performance.now() < until) {
      await service.absorb(ratingOf(count, period));
      count += 1;
    }
  };
  const folding = setInterval(() => void first.rollUp(), rollUpEveryMs);
  await Promise.all(services.flatMap((service) => Array.from({ length: inFlight }, () => work(service))));
  const seconds = (performance.now() - began) / 1000;
  clearInterval(folding);
  await first.rollUp();
  const [row] = await database.sql<{ left: number }>('select count(*)::int as left from assessment_delta');
  return { count, perSecond: count / seconds, left: row?.left ?? 0 };
}

function ratingOf(n: number, period: string): EventOf<'rating.given'> {
  const department = `bd${n % district.departments}`;
  const at = new Date();
  return {
    ...{ id: newId(), type: 'rating.given', at },
    payload: {
      ...{ ratingId: newId(), serviceEventId: newId(), grade: grades[n % grades.length] ?? 'satisfied', period },
      ...{ department: { id: department, name: department }, subdistrictId: `bs${n % district.subdistricts}` },
      ...{ caseNumber: '2600000017', at: at.toISOString() },
    },
  };
}

async function closeMonth(
  room: INestApplicationContext | undefined,
  period: string,
  now: Date,
): Promise<{ closeS: number; recomputeS: number; same: boolean }> {
  if (!room) throw new Error('there is no worker');
  const periods = room.get(Periods, { strict: false });
  const began = performance.now();
  await room.get(Database, { strict: false }).transact((tx) => periods.close(tx, period, now));
  const closedAt = performance.now();
  const { same } = await periods.recompute(period);
  return { closeS: (closedAt - began) / 1000, recomputeS: (performance.now() - closedAt) / 1000, same };
}

/** Facts that are not what their base rows give. */
async function unequal({ db }: Stand): Promise<string[]> {
  const { rows } = await db.query<{ wrong: number }>(
    `select count(*)::int as wrong from (
       select period, direction, subject_id, fact, sum(amount) as value from assessment_counted group by 1, 2, 3, 4
     ) counted full join assessment_fact kept using (period, direction, subject_id, fact)
     where counted.value is distinct from kept.value`,
  );
  const wrong = rows[0]?.wrong ?? 0;
  return wrong > 0 ? [`${wrong} facts are not what their base rows give`] : [];
}

function latency(measured: Histogram): Cell[] {
  return [measured.percentile(0.5) / 1000, measured.percentile(0.99) / 1000];
}
