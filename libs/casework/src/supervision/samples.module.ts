import { Test, type TestingModule } from '@nestjs/testing';
import type { MigrationInterface } from 'typeorm';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import type { Clock, Database, FieldCipher, Schema, Tx } from '@linli/platform';
import { Casework1780000004000 } from '../casework.migration';
import { CaseworkModule } from '../casework.module';
import { CaseCourse1780000020000 } from '../course.migration';
import { Dispatch1780000021000 } from '../dispatch/dispatch.migration';
import { LocalUnits1780000072100 } from '../dispatch/local-units.migration';
import { Counter1780000027000 } from '../counter/counter.migration';
import { JointCalls1780000022000 } from '../joint-calls/joint-calls.migration';
import { noise } from '../samples';
import { samplePlatform } from '../samples.module';
import { Tasks1780000025000 } from '../tasks/tasks.migration';
import { WorkQueue1780000024000 } from '../work-queue/work-queue.migration';
import { WorkPile1780000072200 } from '../work-queue/work-pile.migration';
import { Supervision1780000023000 } from './supervision.migration';

const migrations: readonly (new () => MigrationInterface)[] = [
  Directory1780000001000,
  Casework1780000004000,
  CaseCourse1780000020000,
  Dispatch1780000021000,
  Counter1780000027000,
  JointCalls1780000022000,
  Supervision1780000023000,
  WorkQueue1780000024000,
  WorkPile1780000072200,
  Tasks1780000025000,
  LocalUnits1780000072100,
];

/** The tables of this room and of those it stands on. */
export const sampleSchema: Schema = { rows: directoryRows, migrations: [...migrations] };

/** This room on a database; several stand side by side as several processes do. */
export function sampleRoom(parts: { database: Database; cipher: FieldCipher; clock: Clock }): Promise<TestingModule> {
  return Test.createTestingModule({ imports: [samplePlatform(parts), CaseworkModule] }).compile();
}

/** Many accepted reports at once, as far as their rows go; every seventh is due the given days later than the one before. */
export async function manyCases(
  tx: Tx,
  wish: { readonly count: number; readonly residentId: string; readonly dueFrom: string; readonly days: number },
): Promise<void> {
  const { versionId } = noise;
  await tx.sql(`insert into casework_entry (version_id, entry) values ($1, $2::text::jsonb) on conflict do nothing`, [
    versionId,
    JSON.stringify(noise),
  ]);
  await tx.sql(
    `insert into casework_case (id, number, kind, state, revision, resident_id, subdistrict_id, department_id,
       department_name, entry_id, version_id, title, channel, submitted_at, accept_on, due_on, statutory_on,
       provisional, accepted_at, accepted_on, accepted_by_silence, particulars, course)
     select uuidv7(), lpad((9000000000 + n)::text, 12, '0'), 'report', 'accepted', 1, $2, 's1', 'urban',
       '区城市管理局', $3, $4, '噪声扰民', 'api', $5::date, $5::date, $5::date + n % $6::int, $5::date + n % $6::int,
       false, $5::date, $5::date, false, '', '{}'
     from generate_series(1, $1::int) n`,
    [wish.count, wish.residentId, noise.id, versionId, wish.dueFrom, wish.days],
  );
}
