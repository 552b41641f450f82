import type { DynamicModule } from '@nestjs/common';
import { newId } from '@linli/kernel';
import type { Officer } from '@linli/directory';
import { CALENDAR, Clock, Database, FieldCipher, loadCalendar, type Tx } from '@linli/platform';

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
    ],
    exports: [Database, FieldCipher, Clock, CALENDAR],
  };
}

/** Two subdistricts, communities of the one, and the departments of the sample entries. */
export async function sampleDistrict(tx: Tx): Promise<void> {
  await tx.sql(`insert into directory_subdistrict (id, code, name, lat, lng)
                values ('s1', '1', '甲街道', 30, 120), ('s2', '2', '乙街道', 30, 120)`);
  await tx.sql(`insert into directory_department (id, name, level, phone)
                values ('civil', '区民政局', 'district', ''), ('urban', '区城市管理局', 'district', '')`);
  await tx.sql(`insert into directory_community (id, subdistrict_id, code, name)
                values ('c1', 's1', '11', '甲社区'), ('c2', 's1', '12', '乙社区')`);
  await tx.sql(`insert into directory_grid_cell (id, community_id, code, name)
                values ('g1', 'c1', '111', '甲社区第一网格')`);
}

/** A resident of the sample district. */
export async function sampleResident(tx: Tx, now: Date): Promise<string> {
  const id = newId();
  await tx.sql('insert into directory_resident (id, created_at) values ($1, $2)', [id, now]);
  return id;
}

/** An uploaded file, as far as its row goes. */
export async function sampleFile(tx: Tx, owner: 'resident' | 'officer', ownerId: string, now: Date): Promise<string> {
  const id = newId();
  await tx.sql(
    `insert into platform_file (id, owner_kind, owner_id, name, media_type, size, sha256, created_at)
     values ($1, $2, $3, '', 'image/png', 1, '', $4)`,
    [id, owner, ownerId, now],
  );
  return id;
}

/** An officer of any role; sees the whole district unless told otherwise. */
export function sampleOfficer(role: Officer['role'], changes: Partial<Officer> = {}): Officer {
  const nobody = { hallId: null, departmentId: null, subdistrictId: null, tokenVersion: 1 };
  return { id: newId(), account: role, name: '王一', role, ...nobody, ...changes };
}
