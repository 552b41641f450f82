import { Injectable } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { FieldCipher, type Tx } from '@linli/platform';
import type { Reader } from '../case-trail.store';
import type { CalledUnit, CallUnit, Cooperation, JointCallState } from './joint-call';

/** How one side rated the other. */
export interface CooperationGiven extends Cooperation {
  readonly by: 'caller' | 'unit';
  readonly note: string | null;
}

/** What a called unit said and did, in words. */
export interface CalledUnitWords {
  /** Who comes, or why nobody does. */
  readonly answer: string | null;
  readonly comesAt: Date | null;
  readonly answeredInTime: boolean | null;
  readonly result: string | null;
  readonly evidence: readonly string[];
  readonly ratings: readonly CooperationGiven[];
}

interface UnitRecord {
  readonly unit_id: string;
  readonly unit_kind: CallUnit['kind'];
  readonly unit_name: string;
  readonly answer_by: Date | null;
  readonly arrive_by: Date | null;
  readonly answered_at: Date | null;
  readonly accepted: boolean | null;
  readonly arrived_at: Date | null;
  readonly finished_at: Date | null;
  readonly rated_at: Date | null;
  readonly comes_at: Date | null;
  readonly in_time: boolean | null;
  readonly words: Buffer | null;
  readonly result: Buffer | null;
  readonly evidence: readonly string[] | null;
}

interface RatingRecord extends Cooperation {
  readonly unit_id: string;
  readonly rated_by: CooperationGiven['by'];
  readonly note: Buffer | null;
}

const units = `select u.unit_id, u.unit_kind, u.unit_name, u.answer_by, u.arrive_by, a.answered_at, a.accepted,
    u.arrived_at, u.finished_at, r.rated_at, a.comes_at, a.in_time, a.words, u.result, u.evidence
  from casework_joint_call_unit u
  left join casework_joint_call_answer a on a.call_id = u.call_id and a.unit_id = u.unit_id
  left join casework_joint_call_rating r on r.call_id = u.call_id and r.unit_id = u.unit_id and r.rated_by = 'caller'
  where u.call_id = $1 order by u.unit_id`;

/** Called units, their one answer each, and the ratings both ways. */
@Injectable()
export class CalledUnitStore {
  constructor(private readonly cipher: FieldCipher) {}

  async add(
    tx: Tx,
    call: { readonly id: string; readonly state: JointCallState; readonly calledAt: Date },
    called: readonly CallUnit[],
    limits: { readonly answerBy: Date; readonly arriveBy: Date } | null,
  ): Promise<void> {
    await tx.sql(
      `insert into casework_joint_call_unit (call_id, unit_id, unit_kind, unit_name, call_state, called_at, answer_by,
         arrive_by)
       select $1, u.id, u.kind, u.name, $2, $3, $4, $5
       from unnest($6::text[], $7::text[], $8::text[]) as u(id, kind, name)`,
      [
        ...[call.id, call.state, call.calledAt, limits?.answerBy ?? null, limits?.arriveBy ?? null],
        ...[called.map((one) => one.id), called.map((one) => one.kind), called.map((one) => one.name)],
      ],
    );
  }

  /** Sets the limits of all units once the call goes out. */
  async send(tx: Tx, callId: string, limits: { readonly answerBy: Date; readonly arriveBy: Date }): Promise<void> {
    await tx.sql('update casework_joint_call_unit set answer_by = $2, arrive_by = $3 where call_id = $1', [
      ...[callId, limits.answerBy, limits.arriveBy],
    ]);
  }

  /** Keeps the call's state beside its units, so that a unit's inbox is one index range. */
  async follow(tx: Tx, callId: string, state: JointCallState): Promise<void> {
    await tx.sql('update casework_joint_call_unit set call_state = $2 where call_id = $1', [callId, state]);
  }

  async of(reader: Reader, callId: string): Promise<CalledUnit[]> {
    return (await reader.sql<UnitRecord>(units, [callId])).map(unitOf);
  }

  async withWords(reader: Reader, callId: string): Promise<(CalledUnit & CalledUnitWords)[]> {
    const rows = await reader.sql<UnitRecord>(units, [callId]);
    const ratings = await reader.sql<RatingRecord>(
      `select unit_id, rated_by, timeliness, effect, attitude, note from casework_joint_call_rating
       where call_id = $1 order by unit_id, rated_by`,
      [callId],
    );
    return rows.map((row) => ({
      ...unitOf(row),
      answer: row.words && this.cipher.open('jointCall.answer', `${callId}/${row.unit_id}`, row.words),
      comesAt: row.comes_at,
      answeredInTime: row.in_time,
      result: row.result && this.cipher.open('jointCall.result', `${callId}/${row.unit_id}`, row.result),
      evidence: row.evidence ?? [],
      ratings: ratings.filter((one) => one.unit_id === row.unit_id).map((one) => this.ratingOf(callId, one)),
    }));
  }

  /** Enters the one answer of a unit. */
  async answer(
    tx: Tx,
    callId: string,
    unitId: string,
    given: {
      readonly accepted: boolean;
      readonly words: string;
      readonly comesAt: Date | null;
      readonly inTime: boolean;
      readonly officerId: string;
      readonly at: Date;
    },
  ): Promise<void> {
    const entered = await tx.sql(
      `insert into casework_joint_call_answer (call_id, unit_id, accepted, answered_at, answered_by, comes_at, words,
         in_time)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning call_id`,
      [
        ...[callId, unitId, given.accepted, given.at, given.officerId, given.comesAt],
        ...[this.cipher.seal('jointCall.answer', `${callId}/${unitId}`, given.words), given.inTime],
      ],
    );
    if (entered.length === 0) throw new Refusal('jointCall.alreadyAnswered');
  }

  async arrive(tx: Tx, callId: string, unitId: string, officerId: string, now: Date): Promise<void> {
    await tx.sql(
      `update casework_joint_call_unit set arrived_at = $3, arrived_by = $4 where call_id = $1 and unit_id = $2`,
      [callId, unitId, now, officerId],
    );
  }

  async finish(
    tx: Tx,
    callId: string,
    unitId: string,
    done: { readonly result: string; readonly evidence: readonly string[]; readonly officerId: string },
    now: Date,
  ): Promise<void> {
    await tx.sql(
      `update casework_joint_call_unit set finished_at = $3, finished_by = $4, result = $5, evidence = $6
       where call_id = $1 and unit_id = $2`,
      [
        ...[callId, unitId, now, done.officerId],
        ...[this.cipher.seal('jointCall.result', `${callId}/${unitId}`, done.result), done.evidence],
      ],
    );
  }

  /** Enters how one side rates the other; each once. */
  async rate(
    tx: Tx,
    callId: string,
    unitId: string,
    given: CooperationGiven & { readonly officerId: string },
    now: Date,
  ): Promise<void> {
    const rowId = `${callId}/${unitId}/${given.by}`;
    const entered = await tx.sql(
      `insert into casework_joint_call_rating (call_id, unit_id, rated_by, officer_id, rated_at, timeliness, effect,
         attitude, note)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning call_id`,
      [
        ...[callId, unitId, given.by, given.officerId, now, given.timeliness, given.effect, given.attitude],
        given.note && this.cipher.seal('jointCall.note', rowId, given.note),
      ],
    );
    if (entered.length === 0) throw new Refusal('jointCall.alreadyRated');
  }

  private ratingOf(callId: string, { unit_id, rated_by: by, note, ...grades }: RatingRecord): CooperationGiven {
    return { by, ...grades, note: note && this.cipher.open('jointCall.note', `${callId}/${unit_id}/${by}`, note) };
  }
}

function unitOf(row: UnitRecord): CalledUnit {
  return {
    unit: { kind: row.unit_kind, id: row.unit_id, name: row.unit_name },
    answerBy: row.answer_by,
    arriveBy: row.arrive_by,
    answeredAt: row.answered_at,
    accepted: row.accepted,
    arrivedAt: row.arrived_at,
    finishedAt: row.finished_at,
    ratedAt: row.rated_at,
  };
}
