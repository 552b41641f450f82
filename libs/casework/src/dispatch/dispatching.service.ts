import { Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { newId, Refusal, pageOf, positionOf, instantSorted, type Page } from '@linli/kernel';
import { together, type Tx } from '@linli/platform';
import { CaseReading, withinReach } from '../case-reading.service';
import { CaseRegister } from '../case-register.service';
import { CaseStore } from '../case.store';
import { detailForOfficer, partsAfter, type CaseDetail, type CaseParts } from '../case-view';
import { unitOf } from '../reach';
import {
  dispatch,
  dispatchable,
  rule,
  sendBack,
  signFor,
  type Dispatch,
  type DispatchRole,
  type Unit,
} from './dispatch';
import { DispatchStore, type DispatchItem } from './dispatch.store';

const pageMost = 100;

/** Which case goes to which unit, as a journey asks the lists before anything is given away. */
export interface DispatchAsked {
  readonly entryId: string;
  readonly unitId: string;
  readonly role: DispatchRole;
  readonly subdistrictId: string;
}

/** A case that may be given to units, and what gathers on it. */
interface Dispatchable {
  readonly kase: ReturnType<typeof dispatchable>;
  readonly parts: CaseParts;
}

/** 派单、签收、退单 and the ruling on what was sent back. */
@Injectable()
export class Dispatching {
  constructor(
    private readonly cases: CaseStore,
    private readonly dispatches: DispatchStore,
    private readonly register: CaseRegister,
    private readonly reading: CaseReading,
  ) {}

  /**
   * Gives a case to a unit, which is looked up while the case is. `allowed` refuses what the responsibility lists do not
   * let it have; it is asked within the transaction, the case being locked.
   */
  async dispatch(
    tx: Tx,
    number: string,
    officer: Officer,
    wish: { readonly unit: Unit | Promise<Unit>; readonly role: DispatchRole },
    allowed: (asked: DispatchAsked) => Promise<void>,
    now: Date,
  ): Promise<CaseDetail> {
    const { role } = wish;
    const [unit, { kase: held, parts }] = await together(Promise.resolve(wish.unit), this.reading.hold(tx, number));
    const kase = dispatchable(withinReach(held, officer));
    const { entry, subdistrictId } = kase.filing;
    await allowed({ entryId: entry.id, unitId: unit.id, role, subdistrictId });
    return this.give(tx, { kase, parts }, officer, { unit, role, binding: false }, now);
  }

  /** 签收 by an officer of the unit. */
  async signFor(tx: Tx, number: string, officer: Officer, now: Date): Promise<CaseDetail> {
    const { kase, parts, given } = await this.held(tx, number, officer);
    const step = signFor(kase, given, officer.id, now);
    this.dispatches.sign(tx, given.id, officer.id, now);
    return this.keep(tx, step, officer, now, parts);
  }

  /** 退单, with the reason. */
  async sendBack(tx: Tx, number: string, officer: Officer, reason: string, now: Date): Promise<CaseDetail> {
    const { kase, parts, given } = await this.held(tx, number, officer);
    const step = sendBack(kase, given, reason, now);
    this.dispatches.sendBack(tx, given.id, now);
    return this.keep(tx, step, officer, now, parts);
  }

  /** Rules on what a unit sent back: upheld it stays where it is, otherwise the unit has it again, for good. */
  async rule(
    tx: Tx,
    number: string,
    officer: Officer,
    ruling: { readonly unitId: string; readonly upheld: boolean; readonly reason: string },
    now: Date,
  ): Promise<CaseDetail> {
    const { kase: held, parts } = await this.reading.hold(tx, number);
    const kase = dispatchable(withinReach(held, officer));
    const sentBack = await this.dispatches.disputed(tx, kase.filing.id, ruling.unitId);
    if (!sentBack) throw new Refusal('case.nothingSentBack');
    this.dispatches.rule(tx, sentBack.id, ruling.upheld, now);
    const step = rule(kase, sentBack, ruling.upheld, ruling.reason);
    const detail = await this.keep(tx, step, officer, now, parts);
    if (ruling.upheld) return detail;
    const { unit, role } = sentBack;
    const ruled = { kase: { ...kase, revision: kase.revision + 1 }, parts: partsAfter(parts, step, now) };
    return this.give(tx, ruled, officer, { unit, role, binding: true }, now);
  }

  /** Everybody a case was given to, for officers who may see it. */
  async of(tx: Tx, number: string, officer: Officer): Promise<Dispatch[]> {
    const { filing } = withinReach(await this.cases.find(tx, number), officer);
    return this.dispatches.of(tx, filing.id);
  }

  /** The inbox of the officer's own unit. */
  async inbox(
    officer: Officer,
    state: Dispatch['state'],
    limit: number,
    cursor: string | null,
  ): Promise<Page<DispatchItem>> {
    const unitId = unitOf(officer);
    if (unitId === null) return { items: [], nextCursor: null };
    const most = Math.min(limit, pageMost);
    const rows = await this.dispatches.inbox(unitId, state, most + 1, positionOf(cursor, instantSorted));
    return pageOf(
      rows,
      most,
      (item) => item,
      ({ dispatchedAt, id }) => ({ by: dispatchedAt.toISOString(), id }),
    );
  }

  /** What was sent back within the officer's reach and waits for a ruling. */
  async disputes(officer: Officer, limit: number, cursor: string | null): Promise<Page<DispatchItem>> {
    const most = Math.min(limit, pageMost);
    const rows = await this.dispatches.disputes(officer.subdistrictId, most + 1, positionOf(cursor, instantSorted));
    return pageOf(
      rows,
      most,
      (item) => item,
      ({ dispatchedAt, id }) => ({ by: dispatchedAt.toISOString(), id }),
    );
  }

  private async held(tx: Tx, number: string, officer: Officer): Promise<Dispatchable & { readonly given: Dispatch }> {
    const unitId = unitOf(officer);
    const [{ kase: held, parts }, own] = await together(
      this.reading.hold(tx, number),
      unitId === null ? Promise.resolve(null) : this.dispatches.heldOf(tx, number, unitId),
    );
    const kase = dispatchable(withinReach(held, officer));
    const { id, entry } = kase.filing;
    const given = unitId === null ? await this.dispatches.held(tx, id, entry.department.id) : own;
    if (!given) throw new Refusal('case.notDispatched');
    return { kase, parts, given };
  }

  private async give(
    tx: Tx,
    { kase, parts }: Dispatchable,
    officer: Officer,
    wish: { readonly unit: Unit; readonly role: DispatchRole; readonly binding: boolean },
    now: Date,
  ): Promise<CaseDetail> {
    const { made, step } = dispatch(kase, { id: newId(), ...wish }, officer.id, now);
    this.dispatches.add(tx, made, officer.id);
    return this.keep(tx, step, officer, now, parts);
  }

  private async keep(
    tx: Tx,
    step: Parameters<CaseRegister['keep']>[1],
    officer: Officer,
    now: Date,
    parts: CaseParts,
  ): Promise<CaseDetail> {
    await this.register.keep(tx, step, { kind: 'officer', id: officer.id }, now);
    return detailForOfficer(step.next, partsAfter(parts, step, now));
  }
}
