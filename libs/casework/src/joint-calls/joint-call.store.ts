import { Injectable } from '@nestjs/common';
import { Refusal, isUuid } from '@linli/kernel';
import { FieldCipher, type Tx } from '@linli/platform';
import type { Reader } from '../case-trail.store';
import { CalledUnitStore, type CalledUnitWords } from './called-unit.store';
import type { CalledUnit, CallUnit, JointCall, JointCallState } from './joint-call';

export interface CallRecord {
  readonly id: string;
  readonly state: JointCallState;
  readonly urgency: JointCall['urgency'];
  readonly subdistrict_id: string;
  readonly caller_kind: CallUnit['kind'];
  readonly caller_id: string;
  readonly caller_name: string;
  readonly called_by: string;
  readonly case_id: string | null;
  readonly case_number: string | null;
  readonly matter: Buffer;
  readonly called_at: Date;
  readonly sent_at: Date | null;
  readonly signed_at: Date | null;
  readonly granted: boolean | null;
}

/** A call with what was said about it, as both sides read it. */
export interface JointCallPage extends JointCall {
  readonly matter: string;
  readonly units: readonly (CalledUnit & CalledUnitWords)[];
}

/** A call with its units, held for a step. */
export interface HeldCall {
  readonly call: JointCall;
  readonly units: readonly CalledUnit[];
}

/** Of `casework_joint_call c`. */
export const callColumns = `c.id, c.state, c.urgency, c.subdistrict_id, c.caller_kind, c.caller_id, c.caller_name, c.called_by,
  c.case_id, c.case_number, c.matter, c.called_at, c.sent_at, c.signed_at, c.granted`;

/** Joint calls in PostgreSQL; the matter is sealed. */
@Injectable()
export class JointCallStore {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly units: CalledUnitStore,
  ) {}

  async add(tx: Tx, call: JointCall, matter: string, entryId: string | null): Promise<void> {
    const { id, caller } = call;
    await tx.sql(
      `insert into casework_joint_call (id, state, urgency, subdistrict_id, caller_kind, caller_id, caller_name,
         called_by, case_id, case_number, entry_id, matter, called_at, sent_at, signed_at, signed_by, granted)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        ...[id, call.state, call.urgency, call.subdistrictId, caller.kind, caller.id, caller.name, call.calledBy],
        ...[call.caseId, call.caseNumber, entryId, this.cipher.seal('jointCall.matter', id, matter)],
        ...[call.calledAt, call.sentAt, call.signedAt, call.granted === null ? null : call.calledBy, call.granted],
      ],
    );
  }

  /** The call and its units, held until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<HeldCall> {
    const known = isUuid(id) ? await tx.sql(`select id from casework_joint_call where id = $1 for update`, [id]) : [];
    if (known.length === 0) throw new Refusal('jointCall.notFound');
    const [call] = await tx.sql<CallRecord>(`select ${callColumns} from casework_joint_call c where c.id = $1`, [id]);
    if (!call) throw new Refusal('jointCall.notFound');
    return { call: callOf(call), units: await this.units.of(tx, id) };
  }

  /** The whole page of a call; null when there is none. */
  async page(reader: Reader, id: string): Promise<JointCallPage | null> {
    if (!isUuid(id)) return null;
    const [call] = await reader.sql<CallRecord>(`select ${callColumns} from casework_joint_call c where c.id = $1`, [
      id,
    ]);
    if (!call) return null;
    return {
      ...callOf(call),
      matter: this.cipher.open('jointCall.matter', id, call.matter),
      units: await this.units.withWords(reader, id),
    };
  }

  async sign(
    tx: Tx,
    call: JointCall,
    by: { readonly officerId: string; readonly reason: string | null; readonly at: Date },
  ): Promise<void> {
    const sealed = by.reason && this.cipher.seal('jointCall.signature', call.id, by.reason);
    await tx.sql(
      `update casework_joint_call
       set state = $2, sent_at = $3, signed_at = $4, signed_by = $5, granted = $6, signature = $7 where id = $1`,
      [call.id, call.state, call.sentAt, by.at, by.officerId, call.granted, sealed],
    );
    await this.units.follow(tx, call.id, call.state);
  }

  async move(tx: Tx, id: string, state: JointCallState): Promise<void> {
    await tx.sql('update casework_joint_call set state = $2 where id = $1', [id, state]);
    await this.units.follow(tx, id, state);
  }
}

/** The call a row of `callColumns` stands for. */
export function callOf(row: CallRecord): JointCall {
  return {
    id: row.id,
    state: row.state,
    urgency: row.urgency,
    subdistrictId: row.subdistrict_id,
    caller: { kind: row.caller_kind, id: row.caller_id, name: row.caller_name },
    calledBy: row.called_by,
    caseId: row.case_id,
    caseNumber: row.case_number,
    calledAt: row.called_at,
    sentAt: row.sent_at,
    signedAt: row.signed_at,
    granted: row.granted,
  };
}
