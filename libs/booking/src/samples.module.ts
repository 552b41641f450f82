import type { DynamicModule } from '@nestjs/common';
import { newId } from '@linli/kernel';
import type { Officer } from '@linli/directory';
import { CALENDAR, Clock, Database, FieldCipher, loadCalendar, OnceOnly, type Tx } from '@linli/platform';
import type { DeskPolicy, DeskRules, Offering } from './desk';
import type { DeskEntry } from './desk-book.service';

class SamplePlatform {}

/** What this room needs of the platform, for specs that run it on a database of their own. */
export function samplePlatform(parts: { database: Database; cipher: FieldCipher; clock: Clock }): DynamicModule {
  return {
    module: SamplePlatform,
    global: true,
    providers: [
      { provide: Database, useValue: parts.database },
      { provide: FieldCipher, useValue: parts.cipher },
      { provide: Clock, useValue: parts.clock },
      { provide: CALENDAR, useFactory: loadCalendar },
      { provide: OnceOnly, useValue: new OnceOnly(parts.database, parts.cipher) },
    ],
    exports: [Database, FieldCipher, Clock, CALENDAR, OnceOnly],
  };
}

/** A subdistrict and two departments. */
export async function sampleDistrict(tx: Tx): Promise<void> {
  await tx.sql(`insert into directory_subdistrict (id, code, name, lat, lng) values ('s1', '1', '甲街道', 30, 120)`);
  await tx.sql(`insert into directory_department (id, name, level, phone)
                values ('civil', '区民政局', 'district', ''), ('social', '区人社局', 'district', '')`);
}

/** Monday to Friday, 9 to 12 and 14 to 17, half an hour each. */
export const officeHours: DeskRules = {
  slotMinutes: 30,
  capacity: 10,
  onHolidays: 'closed',
  weekly: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', breaks: [{ from: '12:00', to: '14:00' }] }],
};

/** A desk of the sample hall. */
export function sampleDesk(id: string, rules: Partial<DeskRules> = {}, policy: Partial<DeskPolicy> = {}): DeskEntry {
  return {
    ...{ id, placeId: 'hall', placeName: '甲街道党群服务中心', name: '综合窗口', subdistrictId: 's1' },
    departmentId: 'civil',
    rules: { ...officeHours, ...rules },
    policy,
  };
}

/** A service of a desk. */
export function sampleOffering(id: string, deskId: string, changes: Partial<Offering> = {}): Offering {
  return {
    id,
    deskId,
    title: '综合业务',
    serviceId: 'general',
    partyMost: 5,
    perDay: 'none',
    active: true,
    ...changes,
  };
}

/** An officer of any role; sees the whole district unless told otherwise. */
export function sampleOfficer(role: Officer['role'], changes: Partial<Officer> = {}): Officer {
  const nobody = { hallId: null, departmentId: null, subdistrictId: null, tokenVersion: 1 };
  return { id: newId(), account: role, name: '王一', role, ...nobody, ...changes };
}
