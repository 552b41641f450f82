import type { DynamicModule } from '@nestjs/common';
import { newId } from '@linli/kernel';
import { CALENDAR, Clock, CONFIG, Database, FieldCipher, KEYS, loadCalendar, type Keys } from '@linli/platform';
import type { Asker } from './reach';
import type { ServiceEvent } from './service-event';

class SamplePlatform {}

interface Parts {
  readonly database: Database;
  readonly cipher: FieldCipher;
  readonly clock: Clock;
  readonly keys: Keys;
}

/** What this room needs of the platform, for specs that run it on a database of their own. */
export function samplePlatform(
  { database, cipher, clock, keys }: Parts,
  seed: 'demo' | 'none' = 'none',
): DynamicModule {
  const values = [
    [Database, database],
    [FieldCipher, cipher],
    [Clock, clock],
    [KEYS, keys],
    [CONFIG, { seed }],
  ] as const;
  return {
    module: SamplePlatform,
    global: true,
    providers: [
      ...values.map(([provide, useValue]) => ({ provide, useValue })),
      { provide: CALENDAR, useFactory: loadCalendar },
    ],
    exports: [CALENDAR, ...values.map(([token]) => token)],
  };
}

/** A service of the civil affairs bureau in subdistrict s1, on Tuesday 10 March 2026. */
export function sampleService(more: Partial<ServiceEvent> = {}): ServiceEvent {
  return {
    kind: 'caseClosed',
    residentId: newId(),
    subject: '高龄津贴申领',
    caseId: newId(),
    caseNumber: '2600000017',
    department: { id: 'civil', name: '区民政局' },
    subdistrictId: 's1',
    officerId: null,
    at: new Date('2026-03-10T02:00:00Z'),
    ...more,
  };
}

/** An officer; a clerk of subdistrict s1 unless told otherwise. */
export function sampleOfficer(role = 'clerk', more: Partial<Asker> = {}): Asker {
  return { id: newId(), role, departmentId: null, subdistrictId: 's1', ...more };
}
