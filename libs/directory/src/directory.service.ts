import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId, Refusal } from '@linli/kernel';
import { Database, type Tx } from '@linli/platform';
import {
  CommunityRow,
  DepartmentRow,
  DistrictRow,
  GridCellRow,
  HallRow,
  ServiceWindowRow,
  SubdistrictRow,
} from './directory.row';
import { readDirectoryFile, type DirectoryFile } from './directory-file';

export type ApiKeyRole = 'assessor' | 'open311';

export interface Hall {
  readonly id: string;
  readonly name: string;
  readonly subdistrictId: string;
  readonly address: string;
  readonly phone: string;
  /** GCJ-02, as every point that is kept. */
  readonly location: { readonly lat: number; readonly lng: number };
  readonly hours: HallRow['hours'];
  readonly businesses: HallRow['businesses'];
  readonly windows: readonly { readonly id: string; readonly name: string }[];
}

/** An officer and the unit they work for. */
export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly unit: { readonly id: string; readonly name: string } | null;
  readonly subdistrictId: string | null;
}

/** A department named by an import. */
export type NewDepartment = Pick<DepartmentRow, 'id' | 'name' | 'level'>;

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** The tree of the district: subdistricts, communities, grids, departments, halls and windows, and API keys. */
@Injectable()
export class DirectoryService {
  constructor(private readonly database: Database) {}

  /** Reads a directory file's JSON; refuses it whole, naming every problem with its place. */
  read(json: unknown): DirectoryFile {
    const { file, problems } = readDirectoryFile(json);
    if (problems.length > 0) throw new Refusal('directory.invalid', problems);
    return file;
  }

  /** Writes the tree, adding and renewing by id; the same file twice changes nothing. Officers are left alone. */
  async save(tx: Tx, file: DirectoryFile): Promise<void> {
    const { manager } = tx;
    await this.refuseTakenNames(tx, file);
    const communities = file.subdistricts.flatMap((one) =>
      one.communities.map((community) => ({ subdistrictId: one.id, ...community })),
    );
    await manager.upsert(DistrictRow, { ...file.district }, ['id']);
    await manager.upsert(
      SubdistrictRow,
      file.subdistricts.map(({ id, code, name, center }) => ({ id, code, name, lat: center.lat, lng: center.lng })),
      ['id'],
    );
    await manager.upsert(
      CommunityRow,
      communities.map(({ id, subdistrictId, code, name }) => ({ id, subdistrictId, code, name })),
      ['id'],
    );
    await manager.upsert(
      GridCellRow,
      communities.flatMap(({ id: communityId, grids }) =>
        grids.map(({ id, code, name }) => ({ id, communityId, code, name })),
      ),
      ['id'],
    );
    await manager.upsert(
      DepartmentRow,
      file.departments.map(({ id, name, level, phone }) => ({ id, name, level, phone, active: true })),
      ['id'],
    );
    if (file.halls.length > 0) await this.saveHalls(manager, file);
    await this.savePopulations(tx, file);
  }

  /** Those a file does not speak of stay as they are. */
  private async savePopulations(tx: Tx, { subdistricts }: DirectoryFile): Promise<void> {
    for (const [table, places] of [
      ['directory_subdistrict', subdistricts],
      ['directory_community', subdistricts.flatMap((one) => one.communities)],
    ] as const) {
      const told = places.filter((one) => one.population !== undefined);
      if (told.length === 0) continue;
      await tx.sql(
        `update ${table} place set population = told.population
         from unnest($1::text[], $2::int[]) as told (id, population) where place.id = told.id`,
        [told.map((one) => one.id), told.map((one) => one.population)],
      );
    }
  }

  private async saveHalls(manager: EntityManager, file: DirectoryFile): Promise<void> {
    await manager.upsert(
      HallRow,
      file.halls.map(({ windows: _windows, location, ...hall }) => ({ ...hall, lat: location.lat, lng: location.lng })),
      ['id'],
    );
    await manager.upsert(
      ServiceWindowRow,
      file.halls.flatMap((hall) => hall.windows.map((window, position) => ({ ...window, hallId: hall.id, position }))),
      ['id'],
    );
  }

  /** A department that came with an import keeps its id when the tree takes it in, since entries point at it. */
  private async refuseTakenNames(tx: Tx, { departments }: DirectoryFile): Promise<void> {
    const taken = await tx.sql<{ id: string; name: string }>(
      `select known.id, known.name from directory_department known
       join unnest($1::text[], $2::text[]) as told (id, name) on told.name = known.name and told.id <> known.id
       where not known.active`,
      [departments.map((one) => one.id), departments.map((one) => one.name)],
    );
    if (taken.length === 0) return;
    throw new Refusal(
      'directory.invalid',
      taken.map(({ id, name }) => ({ at: 'departments', problem: `"${name}" is known already: give it the id ${id}` })),
    );
  }

  async subdistricts(): Promise<SubdistrictRow[]> {
    return this.database.dataSource.manager.find(SubdistrictRow, { order: { code: 'ASC' } });
  }

  async communities(): Promise<CommunityRow[]> {
    return this.database.dataSource.manager.find(CommunityRow, { order: { code: 'ASC' } });
  }

  /** How many people live in each subdistrict (常住人口): as told of it, else of all its communities; others are left out. */
  async populations(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.sql<{ id: string; people: number }>(
      `select s.id, coalesce(s.population, c.people)::int as people
       from directory_subdistrict s left join (
         select subdistrict_id, case when count(*) = count(population) then sum(population) end as people
         from directory_community group by 1
       ) c on c.subdistrict_id = s.id
       where coalesce(s.population, c.people) is not null`,
    );
    return new Map(rows.map(({ id, people }) => [id, people]));
  }

  /** The departments in service. */
  async departments(): Promise<DepartmentRow[]> {
    return this.database.dataSource.manager.find(DepartmentRow, { where: { active: true }, order: { id: 'ASC' } });
  }

  /** Those in service and those an import brought along. */
  async allDepartments(): Promise<DepartmentRow[]> {
    return this.database.dataSource.manager.find(DepartmentRow, { order: { id: 'ASC' } });
  }

  /** Adds departments out of service, where no other bears the name; a directory file takes them into service by id. */
  async addInactiveDepartments(tx: Tx, departments: readonly NewDepartment[]): Promise<void> {
    await tx.sql(
      `insert into directory_department (id, name, level, phone, active)
       select id, name, level, '', false from unnest($1::text[], $2::text[], $3::text[]) as fresh (id, name, level)
       on conflict do nothing`,
      [departments.map((one) => one.id), departments.map((one) => one.name), departments.map((one) => one.level)],
    );
  }

  /** Officers by id, with the unit they work for: their department, else their subdistrict. */
  async staff(ids: readonly string[]): Promise<StaffMember[]> {
    const rows = await this.database.sql<
      Omit<StaffMember, 'unit'> & { unitId: string | null; unitName: string | null }
    >(
      `select o.id, o.name, o.subdistrict_id as "subdistrictId", coalesce(d.id, s.id) as "unitId",
         coalesce(d.name, s.name) as "unitName"
       from directory_officer o left join directory_department d on d.id = o.department_id
         left join directory_subdistrict s on s.id = o.subdistrict_id
       where o.id = any($1::uuid[])`,
      [ids],
    );
    return rows.map(({ unitId, unitName, ...one }) => ({
      ...one,
      unit: unitId === null || unitName === null ? null : { id: unitId, name: unitName },
    }));
  }

  async halls(): Promise<Hall[]> {
    const { manager } = this.database.dataSource;
    const [halls, windows] = await Promise.all([
      manager.find(HallRow, { order: { id: 'ASC' } }),
      manager.find(ServiceWindowRow, { order: { hallId: 'ASC', position: 'ASC' } }),
    ]);
    return halls.map(({ lat, lng, ...hall }) => ({
      ...hall,
      location: { lat, lng },
      windows: windows.filter((window) => window.hallId === hall.id).map(({ id, name }) => ({ id, name })),
    }));
  }

  /** Whether a district has been loaded; the demo is seeded only into an empty directory. */
  async isEmpty(): Promise<boolean> {
    return (await this.database.dataSource.manager.count(DistrictRow)) === 0;
  }

  /** Makes an API key and returns it, once: only its digest is kept. */
  async createApiKey(tx: Tx, name: string, role: ApiKeyRole, now: Date): Promise<string> {
    const key = `linli_${randomBytes(24).toString('base64url')}`;
    await tx.sql('insert into directory_api_key (id, name, role, key_hash, created_at) values ($1, $2, $3, $4, $5)', [
      newId(),
      name,
      role,
      digest(key),
      now,
    ]);
    return key;
  }

  /** Whose key it is; refuses an unknown or withdrawn one. */
  async apiKey(key: string): Promise<{ id: string; role: ApiKeyRole }> {
    const [row] = await this.database.sql<{ id: string; role: ApiKeyRole }>(
      'select id, role from directory_api_key where key_hash = $1 and active',
      [digest(key)],
    );
    if (!row) throw new Refusal('auth.apiKeyInvalid');
    return row;
  }
}
