import type { CaseDetail } from '@linli/casework';
import type { CaseDto } from './cases.dto';

/** A case on the wire: everything but what ties it to rows. */
export function caseView({ id: _id, residentId: _residentId, ...detail }: CaseDetail): CaseDto {
  return detail;
}
