import { Injectable } from '@nestjs/common';
import type { EventPayloads } from '@linli/contracts';
import { instantSorted, positionOf, Refusal, wholePageOf, type Page } from '@linli/kernel';
import { appendAudit, type Tx } from '@linli/platform';
import { reachOf, type Asker } from '../reach';
import { StaffBindingStore, type StaffBinding } from '../review/staff-binding.store';
import { givenWords } from '../words';
import { AlarmStore, type OverdueAlarm } from './alarm.store';

/** 差评整改超期: those above are told of every step that missed its day, and say what they do about it. */
@Injectable()
export class OverdueAlarms {
  constructor(
    private readonly alarms: AlarmStore,
    private readonly bindings: StaffBindingStore,
  ) {}

  /** Puts it on the list of those above; each step once, however often it is told. */
  raise(tx: Tx, overdue: EventPayloads['rectification.overdue'], at: Date): Promise<OverdueAlarm> {
    return this.alarms.raise(tx, overdue, at);
  }

  /** Officers over that subdistrict who are known as residents too, and so can be written to. */
  reachable(tx: Tx, subdistrictId: string): Promise<StaffBinding[]> {
    return this.bindings.over(tx, subdistrictId);
  }

  /** Those within the officer's reach, oldest first: those nobody has taken note of, or those somebody has. */
  async list(officer: Asker, noted: boolean, limit: number, cursor: string | null): Promise<Page<OverdueAlarm>> {
    const reach = reachOf(officer);
    if (reach === null || reach.departmentId !== null) return { items: [], nextCursor: null };
    const rows = await this.alarms.list(reach, noted, limit + 1, positionOf(cursor, instantSorted));
    return wholePageOf(rows, limit, ({ raisedAt, id }) => ({ by: raisedAt.toISOString(), id }));
  }

  /** Takes note of it, with what is done about it; the rectification itself goes on. */
  async note(tx: Tx, id: string, officer: Asker, words: string, now: Date): Promise<void> {
    const note = givenWords('note', words);
    const reach = reachOf(officer);
    const alarm = reach && (await this.alarms.lock(tx, id));
    const isTheirs = alarm && (reach.subdistrictId === null || reach.subdistrictId === alarm.subdistrictId);
    if (!alarm || !isTheirs || reach.departmentId !== null) throw new Refusal('rectification.notFound');
    if (alarm.notedAt) throw new Refusal('rectification.wrongState');
    await this.alarms.note(tx, id, officer.id, note, now);
    const actor = { kind: 'officer', id: officer.id } as const;
    await appendAudit(tx, {
      actor,
      action: 'rectification.noteOverdue',
      subject: `rectification:${alarm.rectificationId}`,
      at: now,
    });
  }
}
