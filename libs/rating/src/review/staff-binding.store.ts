import { Injectable } from '@nestjs/common';
import type { Tx } from '@linli/platform';
import { isOwnUnit, type Where } from '../reach';

/** An officer who is known as a resident too, with the unit they work for. */
export interface StaffBinding {
  readonly residentId: string;
  readonly officerId: string;
  readonly departmentId: string | null;
  readonly subdistrictId: string | null;
}

/** Which residents are officers: their ratings of their own unit are no residents' ratings. */
@Injectable()
export class StaffBindingStore {
  /** Notes it; the same resident again is noted anew, as when they changed their unit. */
  async bind(tx: Tx, binding: StaffBinding, by: string, now: Date): Promise<void> {
    await tx.sql(
      `insert into rating_staff_resident (resident_id, officer_id, department_id, subdistrict_id, bound_by, bound_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (resident_id) do update set officer_id = excluded.officer_id, department_id = excluded.department_id,
         subdistrict_id = excluded.subdistrict_id, bound_by = excluded.bound_by, bound_at = excluded.bound_at`,
      [binding.residentId, binding.officerId, binding.departmentId, binding.subdistrictId, by, now],
    );
  }

  async unbind(tx: Tx, residentId: string): Promise<boolean> {
    const rows = await tx.sql('delete from rating_staff_resident where resident_id = $1 returning resident_id', [
      residentId,
    ]);
    return rows.length === 1;
  }

  /** Whether the resident is an officer of the unit that gave the service, or the very one who gave it. */
  async isOwnService(
    tx: Tx,
    residentId: string,
    service: Where & { readonly officerId: string | null },
  ): Promise<boolean> {
    const [bound] = await tx.sql<StaffBinding>(
      `select resident_id as "residentId", officer_id as "officerId", department_id as "departmentId",
         subdistrict_id as "subdistrictId" from rating_staff_resident where resident_id = $1`,
      [residentId],
    );
    return bound !== undefined && (bound.officerId === service.officerId || isOwnUnit(bound, service));
  }

  /** Ratings the resident gave to a unit that turned out to be their own. */
  async ownRatings(tx: Tx, { residentId, departmentId, subdistrictId, officerId }: StaffBinding): Promise<string[]> {
    const rows = await tx.sql<{ id: string }>(
      `select g.id from rating_given g join rating_service_event e on e.id = g.service_event_id
       where g.resident_id = $1
         and (e.department_id = $2::text or e.subdistrict_id = $3::text or e.officer_id = $4::uuid)`,
      [residentId, departmentId, subdistrictId, officerId],
    );
    return rows.map(({ id }) => id);
  }

  /** Those who are known as residents and work for the subdistrict or for all of them. */
  async over(tx: Tx, subdistrictId: string): Promise<StaffBinding[]> {
    return tx.sql<StaffBinding>(
      `select resident_id as "residentId", officer_id as "officerId", department_id as "departmentId",
         subdistrict_id as "subdistrictId" from rating_staff_resident
       where department_id is null and (subdistrict_id is null or subdistrict_id = $1) order by resident_id`,
      [subdistrictId],
    );
  }

  async moveResident(tx: Tx, from: string, to: string): Promise<void> {
    await tx.sql(
      `update rating_staff_resident set resident_id = $2 where resident_id = $1
         and not exists (select 1 from rating_staff_resident where resident_id = $2)`,
      [from, to],
    );
  }
}
