import { Injectable } from '@nestjs/common';
import { isUuid, Refusal, type LocalDate } from '@linli/kernel';
import { appendAudit, sqlState, type Tx } from '@linli/platform';
import {
  draftProblem,
  mayApprove,
  mayPropose,
  type Admission,
  type AdmissionActor,
  type AdmissionDraft,
  type Destination,
} from './admission';
import { AdmissionStore, type AdmissionFilter } from './admission.store';
import { AssignmentFactsStore } from './assignment-facts.store';
import { ListStore } from './list.store';
import { naturesOf, natureWords, type Matter } from './matter';
import { UnitStore } from './unit.store';

/** 职责准入: one officer proposes, another approves, either end may be dated. Every step is audited. */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly admissions: AdmissionStore,
    private readonly lists: ListStore,
    private readonly facts: AssignmentFactsStore,
    private readonly units: UnitStore,
  ) {}

  /** Proposes an admission; `matter` holds what the catalogue knows of the thing named. */
  async propose(tx: Tx, actor: AdmissionActor, draft: AdmissionDraft, matter: Matter, now: Date): Promise<Admission> {
    const destination = await this.destinationOf(tx, draft);
    if (!mayPropose(actor, draft, destination)) throw new Refusal('auth.roleMissing');
    const problem = draftProblem(draft, destination);
    if (problem) throw new Refusal('responsibility.admissionInvalid', [problem]);
    await this.refuseGuarded(tx, draft, matter);
    const [id = ''] = await this.admissions.insert(tx, [{ draft, proposedBy: actor.id, approvedBy: null }], now);
    await this.record(tx, actor, 'admission.propose', id, now);
    return this.found(tx, id);
  }

  /** Approves a proposal of somebody else; refuses what overlaps, and what a community cannot carry any more. */
  async approve(
    tx: Tx,
    actor: AdmissionActor,
    id: string,
    matterOf: (one: Admission) => Promise<Matter>,
    now: Date,
  ): Promise<Admission> {
    const one = await this.found(tx, id);
    if (!mayApprove(actor, one, await this.destinationOf(tx, one))) throw new Refusal('auth.roleMissing');
    if (one.state !== 'proposed') throw new Refusal('responsibility.admissionState');
    if (one.proposedBy === actor.id) throw new Refusal('responsibility.samePerson');
    await this.refuseGuarded(tx, one, await matterOf(one));
    if (one.toLevel === 'community') await this.refuseOverload(tx, one);
    await settled(this.admissions.approve(tx, id, actor.id, now));
    await this.record(tx, actor, 'admission.approve', id, now);
    return this.found(tx, id);
  }

  /** Ends an approved admission on a day, or takes a proposal back. */
  async revoke(
    tx: Tx,
    actor: AdmissionActor,
    id: string,
    { on, reason }: { readonly on: LocalDate; readonly reason: string },
    now: Date,
  ): Promise<Admission> {
    const one = await this.found(tx, id);
    const isOwnProposal = one.state === 'proposed' && one.proposedBy === actor.id;
    if (!isOwnProposal && !mayApprove(actor, one, await this.destinationOf(tx, one)))
      throw new Refusal('auth.roleMissing');
    if (one.state === 'proposed') await this.admissions.withdraw(tx, id, actor.id, reason);
    else if (one.state !== 'approved') throw new Refusal('responsibility.admissionState');
    else if (one.endsOn !== null && on > one.endsOn)
      throw new Refusal('responsibility.admissionInvalid', [
        { at: 'on', problem: `这项准入到 ${one.endsOn} 已经结束` },
      ]);
    else await this.admissions.revoke(tx, id, actor.id, on, reason);
    await this.record(tx, actor, 'admission.revoke', id, now);
    return this.found(tx, id);
  }

  async page(
    filter: AdmissionFilter,
    limit: number,
    cursor: string | null,
  ): Promise<{ items: Admission[]; nextCursor: string | null }> {
    return this.admissions.page(filter, limit, cursor);
  }

  private async found(tx: Tx, id: string): Promise<Admission> {
    const one = isUuid(id) ? await this.admissions.locked(tx, id) : null;
    if (!one) throw new Refusal('responsibility.notFound');
    return one;
  }

  private async destinationOf(
    tx: Tx,
    { fromUnit, toUnit, toLevel }: Pick<AdmissionDraft, 'fromUnit' | 'toUnit' | 'toLevel'>,
  ): Promise<Destination> {
    const units = await this.units.units(toUnit === null ? [fromUnit] : [fromUnit, toUnit], tx);
    const from = units.get(fromUnit);
    const to = toUnit === null ? null : units.get(toUnit);
    if (!from || to === undefined || (to !== null && to.kind !== toLevel)) throw new Refusal('directory.notFound');
    return { fromLevel: from.level, subdistrictId: to?.subdistrictId ?? null };
  }

  private async refuseGuarded(tx: Tx, draft: Pick<AdmissionDraft, 'toLevel'>, matter: Matter): Promise<void> {
    if (draft.toLevel !== 'community') return;
    const found = naturesOf(matter, await this.facts.guardsOf(matter, tx));
    if (found.length === 0) return;
    const words = found.map((nature) => natureWords[nature]).join('、');
    throw new Refusal('responsibility.communityGuard', [{ at: 'matter', problem: `这件事属于${words}` }]);
  }

  /** Under the lock of the cap, so that two approvals at once do not both take the last place. */
  private async refuseOverload(tx: Tx, one: Admission): Promise<void> {
    const cap = await this.lists.lock(tx);
    if ((await this.admissions.heaviestLoad(tx, one)) < cap) return;
    throw new Refusal('responsibility.capReached', [{ at: 'toUnit', problem: `社区最多承担 ${cap} 项准入事项` }]);
  }

  private async record(tx: Tx, actor: AdmissionActor, action: string, id: string, at: Date): Promise<void> {
    await appendAudit(tx, { actor: { kind: 'officer', id: actor.id }, action, subject: `admission:${id}`, at });
  }
}

/** The constraints' answers as refusals: 23P01 is an overlap, the check on the two persons a 23514. */
export async function settled<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (sqlState(error) === '23P01') throw new Refusal('responsibility.admissionOverlaps');
    if (sqlState(error) === '23514') throw new Refusal('responsibility.samePerson');
    throw error;
  }
}
