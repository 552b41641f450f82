import { Injectable } from '@nestjs/common';
import { JointCalls, type CalledAbout, type CallUnit, type JointCallPage, type Urgency } from '@linli/casework';
import { UnitStore, type Officer, type ReachableUnit } from '@linli/directory';
import { localDate, Refusal } from '@linli/kernel';
import { together, type Tx } from '@linli/platform';
import { Assignment } from './assignment';

/** A joint call as an officer writes it. */
export interface JointCallRequest {
  readonly departments: readonly string[];
  readonly matter: string;
  readonly urgency: Urgency;
  readonly caseNumber?: string;
  /** The catalogue entry it is about, where there is no case. */
  readonly entryId?: string;
  readonly subdistrictId?: string;
}

/** 吹哨 by the lists: looks up who calls whom, and calls nobody to what is not their business. */
@Injectable()
export class JointCallDesk {
  constructor(
    private readonly jointCalls: JointCalls,
    private readonly units: UnitStore,
    private readonly assignment: Assignment,
  ) {}

  async call(tx: Tx, officer: Officer, request: JointCallRequest, now: Date): Promise<JointCallPage> {
    const about = await this.about(tx, officer, request);
    const called = [...new Set(request.departments)];
    const calling = callerOf(officer, request, about);
    const found = await this.units.units([...called, calling.id, calling.subdistrictId ?? ''], tx);
    const units = called.map((id) => callUnit(found, id, calling.kind));
    const subdistrictId = calling.subdistrictId ?? units.find((one) => one.kind === 'subdistrict')?.id;
    if (subdistrictId === undefined) throw invalid('subdistrictId', '请写明是哪个街道的事');
    if (units.some(({ id }) => id === calling.id)) throw invalid('departments', '不能吹哨叫自己的单位');
    const ask = { entryId: about?.entryId ?? '', role: 'support', on: localDate(now), subdistrictId } as const;
    if (about) await together(...units.map(({ id }) => this.assignment.require(tx, { ...ask, unitId: id })));
    const caller = callUnit(found, calling.id, 'department');
    const { matter, urgency } = request;
    return this.jointCalls.call(tx, officer, { caller, units, subdistrictId, urgency, matter, about }, now);
  }

  private async about(tx: Tx, officer: Officer, request: JointCallRequest): Promise<CalledAbout | null> {
    const { caseNumber, entryId } = request;
    if (caseNumber !== undefined) return this.jointCalls.caseToCall(tx, caseNumber, officer);
    if (entryId === undefined) return null;
    return { caseId: null, caseNumber: null, entryId, subdistrictId: null };
  }
}

interface Calling {
  readonly kind: CallUnit['kind'];
  readonly id: string;
  /** Undefined while only the called subdistrict can say it. */
  readonly subdistrictId: string | undefined;
}

/** On whose behalf an officer calls: a department's officer for it, all others for their subdistrict. */
function callerOf(officer: Officer, request: JointCallRequest, about: CalledAbout | null): Calling {
  const subdistrictId = officer.subdistrictId ?? about?.subdistrictId ?? request.subdistrictId;
  if (officer.role === 'department') {
    if (officer.departmentId === null) throw new Refusal('auth.roleMissing');
    return { kind: 'department', id: officer.departmentId, subdistrictId };
  }
  if (subdistrictId === undefined) throw invalid('subdistrictId', '请写明是哪个街道的事');
  return { kind: 'subdistrict', id: subdistrictId, subdistrictId };
}

/** Communities are never called (不得向社区推责), and only departments call a subdistrict. */
function callUnit(found: ReadonlyMap<string, ReachableUnit>, id: string, by: CallUnit['kind']): CallUnit {
  const unit = found.get(id);
  if (!unit) throw new Refusal('directory.notFound');
  const { kind, name } = unit;
  if (kind === 'community') throw invalid('departments', `不能吹哨叫社区：${name}`);
  if (kind === 'subdistrict' && by === 'subdistrict') throw invalid('departments', `请叫部门，不是街道：${name}`);
  return { kind, id, name };
}

function invalid(at: string, problem: string): Refusal {
  return new Refusal('jointCall.invalid', [{ at, problem }]);
}
