import { Injectable } from '@nestjs/common';
import type { ServiceKind } from '@linli/contracts';
import { isUuid } from '@linli/kernel';
import type { Tx } from '@linli/platform';

/** A service as links and call backs need it. */
export interface FoundService {
  readonly id: string;
  readonly kind: ServiceKind;
  readonly residentId: string;
  readonly subject: string;
  readonly caseNumber: string;
  readonly department: { readonly id: string; readonly name: string };
  readonly subdistrictId: string;
  readonly period: string;
  readonly at: Date;
  readonly ratedAt: Date | null;
}

type Row = Omit<FoundService, 'department'> & { readonly departmentId: string; readonly departmentName: string };

const columns = `id, kind, resident_id as "residentId", subject, case_number as "caseNumber",
  department_id as "departmentId", department_name as "departmentName", subdistrict_id as "subdistrictId", period, at,
  rated_at as "ratedAt"`;

/** Finds services by what officers and links know them by. */
@Injectable()
export class ServiceLookupStore {
  /** The latest service of a case or booking that awaits its rating; the latest of all when none does. */
  async ofNumber(reader: Pick<Tx, 'sql'>, number: string): Promise<FoundService | null> {
    return one(
      await reader.sql<Row>(
        `select ${columns} from rating_service_event where case_number = $1
         order by (rated_at is null) desc, at desc, id desc limit 1`,
        [number],
      ),
    );
  }

  async byId(reader: Pick<Tx, 'sql'>, id: string): Promise<FoundService | null> {
    if (!isUuid(id)) return null;
    return one(await reader.sql<Row>(`select ${columns} from rating_service_event where id = $1`, [id]));
  }
}

function one([row]: readonly Row[]): FoundService | null {
  if (!row) return null;
  const { departmentId, departmentName, ...found } = row;
  return { ...found, department: { id: departmentId, name: departmentName } };
}
