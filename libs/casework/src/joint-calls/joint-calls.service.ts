import { Inject, Injectable } from '@nestjs/common';
import type { CalledUnitFacts, EventPayloads, JointCallFacts } from '@linli/contracts';
import type { Officer } from '@linli/directory';
import { newId, Refusal, type WorkCalendar } from '@linli/kernel';
import { appendAudit, appendEvent, CALENDAR, together, type Tx } from '@linli/platform';
import { withinReach } from '../case-reading.service';
import { CaseStore } from '../case.store';
import { givenWords } from '../given-words';
import { CaseworkSettings } from '../supervision/casework-settings.service';
import type { Urgency } from '../supervision/limits';
import { CalledUnitStore } from './called-unit.store';
import {
  actsFor,
  arrivable,
  callFacts,
  finishable,
  goesOutAtOnce,
  inTime,
  limitsFrom,
  maySee,
  maySign,
  partOf,
  qualityOf,
  stateAfter,
  type CalledUnit,
  type CallUnit,
  type Cooperation,
  type JointCall,
} from './joint-call';
import { JointCallStore, type HeldCall, type JointCallPage } from './joint-call.store';

/** What is called for, once a journey has looked up who calls and who is called. */
export interface JointCallWish {
  readonly caller: CallUnit;
  readonly units: readonly CallUnit[];
  readonly subdistrictId: string;
  readonly urgency: Urgency;
  readonly matter: string;
  readonly about: CalledAbout | null;
}

/** The case or catalogue entry a call is about. */
export interface CalledAbout {
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  readonly entryId: string;
  readonly subdistrictId: string | null;
}

export interface JointCallAnswer {
  readonly accept: boolean;
  readonly who?: string;
  readonly comesAt?: Date;
  readonly reason?: string;
}

type CallEvent = Extract<keyof EventPayloads, `jointCall.${string}`>;

/** 吹哨报到, both ways: called, signed, answered, arrived, finished, rated. */
@Injectable()
export class JointCalls {
  constructor(
    private readonly cases: CaseStore,
    private readonly calls: JointCallStore,
    private readonly units: CalledUnitStore,
    private readonly settings: CaseworkSettings,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** The case a call is to be about, if its caller has to do with it. */
  async caseToCall(tx: Tx, number: string, officer: Officer): Promise<CalledAbout> {
    const kase = await this.cases.find(tx, number);
    const local = officer.role === 'community' || officer.role === 'grid';
    const mine = local && kase !== null && kase.filing.subdistrictId === officer.subdistrictId;
    const { filing } = mine ? kase : withinReach(kase, officer);
    const { id, entry, subdistrictId } = filing;
    return { caseId: id, caseNumber: filing.number, entryId: entry.id, subdistrictId };
  }

  /** 吹哨. Goes out at once when it is an emergency or the signer calls; otherwise waits for the signature. */
  async call(tx: Tx, officer: Officer, wish: JointCallWish, now: Date): Promise<JointCallPage> {
    const { caller, subdistrictId, urgency, about } = wish;
    const signs = maySign({ caller, subdistrictId }, officer);
    const sentAt = goesOutAtOnce(urgency, signs) ? now : null;
    const call: JointCall = {
      ...{ id: newId(), urgency, subdistrictId, caller, calledBy: officer.id, calledAt: now, sentAt },
      state: sentAt ? 'called' : 'awaitingSignature',
      caseId: about?.caseId ?? null,
      caseNumber: about?.caseNumber ?? null,
      signedAt: signs ? now : null,
      granted: signs ? true : null,
    };
    await this.calls.add(tx, call, givenWords('matter', wish.matter), about?.entryId ?? null);
    await this.units.add(tx, call, wish.units, sentAt && this.limitsOf(call, sentAt));
    const units = wish.units.map(({ id, name }) => ({ id, name }));
    await this.record(tx, call, officer, 'jointCall.called', { ...callFacts(call), units }, now);
    if (signs) await this.recordSignature(tx, call, officer, true, now);
    return this.whole(tx, call.id);
  }

  /** 签发, or its refusal with the reason. An emergency is out already: refusing then says it was uncalled for. */
  async sign(
    tx: Tx,
    id: string,
    officer: Officer,
    given: { readonly granted: boolean; readonly reason?: string },
    now: Date,
  ): Promise<JointCallPage> {
    const { call } = await this.seen(tx, id, officer);
    if (!maySign(call, officer)) throw new Refusal('auth.roleMissing');
    if (call.signedAt !== null) throw new Refusal('jointCall.alreadySigned');
    const reason = given.granted ? null : givenWords('reason', given.reason ?? '');
    const sentAt = call.sentAt ?? (given.granted ? now : null);
    const state = call.sentAt ? call.state : given.granted ? 'called' : 'refused';
    const next: JointCall = { ...call, state, sentAt, signedAt: now, granted: given.granted };
    if (call.sentAt === null && sentAt) await this.units.send(tx, id, this.limitsOf(call, sentAt));
    await this.calls.sign(tx, next, { officerId: officer.id, reason, at: now });
    await this.recordSignature(tx, next, officer, call.sentAt !== null, now);
    return this.whole(tx, id);
  }

  /** 报到: who comes and when, or why nobody does. */
  async answer(tx: Tx, id: string, officer: Officer, given: JointCallAnswer, now: Date): Promise<JointCallPage> {
    const { call, mine } = await this.mine(tx, id, officer);
    const words = given.accept ? (given.who ?? officer.name) : givenWords('reason', given.reason ?? '');
    const answer = { accepted: given.accept, inTime: inTime(now, mine.answerBy) };
    const comesAt = given.accept ? (given.comesAt ?? mine.arriveBy) : null;
    await this.units.answer(tx, id, mine.unit.id, { ...answer, words, comesAt, officerId: officer.id, at: now });
    return this.step(tx, call, mine, officer, 'jointCall.answered', answer, now);
  }

  /** 到场. */
  async arrive(tx: Tx, id: string, officer: Officer, now: Date): Promise<JointCallPage> {
    const { call, mine } = await this.mine(tx, id, officer);
    const { unit, arriveBy } = arrivable(mine);
    await this.units.arrive(tx, id, unit.id, officer.id, now);
    return this.step(tx, call, mine, officer, 'jointCall.arrived', { inTime: inTime(now, arriveBy) }, now);
  }

  /** 办结, with what was done and its evidence. */
  async finish(
    tx: Tx,
    id: string,
    officer: Officer,
    done: { readonly result: string; readonly fileIds: readonly string[] },
    now: Date,
  ): Promise<JointCallPage> {
    const { call, mine } = await this.mine(tx, id, officer);
    const { unit } = finishable(mine);
    const result = givenWords('result', done.result);
    await this.units.finish(tx, id, unit.id, { result, evidence: done.fileIds, officerId: officer.id }, now);
    return this.step(tx, call, mine, officer, 'jointCall.finished', {}, now);
  }

  /** The cooperation form: the caller rates a unit that is done, or a unit that answered rates the call (双向). */
  async rate(
    tx: Tx,
    id: string,
    officer: Officer,
    given: Cooperation & { readonly unitId?: string; readonly note?: string },
    now: Date,
  ): Promise<JointCallPage> {
    const { call, units } = await this.seen(tx, id, officer);
    const { timeliness, effect, attitude } = given;
    const by = actsFor(call.caller, officer) ? 'caller' : 'unit';
    const one = by === 'unit' ? partOf(call, units, officer) : ratedUnit(units, given.unitId);
    const ready = by === 'caller' ? one.finishedAt : one.answeredAt;
    if (ready === null) throw new Refusal('jointCall.wrongState');
    const form = { by, timeliness, effect, attitude } as const;
    const note = given.note?.trim();
    await this.units.rate(tx, id, one.unit.id, { ...form, note: note ? note : null, officerId: officer.id }, now);
    const quality = qualityOf(form);
    return this.step(tx, call, one, officer, 'jointCall.rated', { ...form, quality }, now);
  }

  private async mine(tx: Tx, id: string, officer: Officer): Promise<HeldCall & { readonly mine: CalledUnit }> {
    const held = await this.seen(tx, id, officer);
    return { ...held, mine: partOf(held.call, held.units, officer) };
  }

  private async seen(tx: Tx, id: string, officer: Officer): Promise<HeldCall> {
    const held = await this.calls.lock(tx, id);
    if (!maySee(held.call, held.units, officer)) {
      const waits = held.call.sentAt === null && held.units.some(({ unit }) => actsFor(unit, officer));
      throw new Refusal(waits && held.call.state !== 'refused' ? 'jointCall.notSigned' : 'jointCall.notFound');
    }
    return held;
  }

  private async step<T extends CallEvent>(
    tx: Tx,
    call: JointCall,
    { unit }: CalledUnit,
    officer: Officer,
    type: T,
    facts: Omit<EventPayloads[T], keyof JointCallFacts | keyof CalledUnitFacts>,
    now: Date,
  ): Promise<JointCallPage> {
    const state = stateAfter(call, await this.units.of(tx, call.id));
    if (state !== call.state) await this.calls.move(tx, call.id, state);
    const payload = { ...callFacts(call), unit: { id: unit.id, name: unit.name }, ...facts };
    await this.record(tx, call, officer, type, payload as unknown as EventPayloads[T], now);
    return this.whole(tx, call.id);
  }

  private recordSignature(tx: Tx, call: JointCall, by: Officer, afterwards: boolean, now: Date): Promise<void> {
    const payload = { ...callFacts(call), granted: call.granted === true, afterwards };
    return this.record(tx, call, by, 'jointCall.signed', payload, now);
  }

  private async record<T extends CallEvent>(
    tx: Tx,
    call: JointCall,
    officer: Officer,
    type: T,
    payload: EventPayloads[T],
    now: Date,
  ): Promise<void> {
    const actor = { kind: 'officer', id: officer.id } as const;
    await together(
      appendEvent(tx, type, payload, now),
      appendAudit(tx, { actor, action: type, subject: `jointCall:${call.id}`, at: now }),
    );
  }

  private limitsOf(call: JointCall, sentAt: Date): { readonly answerBy: Date; readonly arriveBy: Date } {
    return limitsFrom(sentAt, this.settings.limits.jointCalls[call.urgency], this.calendar);
  }

  private async whole(tx: Tx, id: string): Promise<JointCallPage> {
    const page = await this.calls.page(tx, id);
    if (!page) throw new Refusal('jointCall.notFound');
    return page;
  }
}

/** The unit the caller rates; may stay unnamed while only one was called. */
function ratedUnit(units: readonly CalledUnit[], unitId: string | undefined): CalledUnit {
  const [only] = units.length === 1 ? units : [];
  const found = unitId === undefined ? only : units.find(({ unit }) => unit.id === unitId);
  if (!found) throw new Refusal('jointCall.invalid', [{ at: 'departmentId', problem: '请写明评价哪个单位' }]);
  return found;
}
