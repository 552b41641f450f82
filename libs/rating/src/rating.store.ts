import { Injectable } from '@nestjs/common';
import { newId } from '@linli/kernel';
import type { Channel, Grade } from '@linli/contracts';
import { Database, FieldCipher, together, type Tx } from '@linli/platform';
import type { CheckedRating } from './rating';
import { periodOf, type Position, type Rateable, type ServiceEvent } from './service-event';
import { comparable } from './words';

/** A service event as a rating needs it. */
export interface OpenEvent {
  readonly department: { readonly id: string; readonly name: string };
  readonly subdistrictId: string;
  readonly officerId: string | null;
  readonly caseNumber: string;
  readonly period: string;
  readonly at: Date;
  readonly ratedAt: Date | null;
}

/** A rating as it is kept, with what only reviewers compare. */
export interface KeptRating extends CheckedRating {
  readonly serviceEventId: string;
  readonly channel: Channel | 'api';
  readonly device?: string;
  readonly linkId?: string;
}

type OpenEventRow = Omit<OpenEvent, 'department'> & {
  readonly departmentId: string;
  readonly departmentName: string;
};

/** Service events, their ratings and addenda in PostgreSQL. What residents wrote is sealed. */
@Injectable()
export class RatingStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Inserts the event; the id it has now, and whether it is new. */
  async addEvent(tx: Tx, event: ServiceEvent): Promise<{ id: string; fresh: boolean }> {
    const [made] = await tx.sql<{ id: string }>(
      `insert into rating_service_event
         (id, kind, case_id, case_number, resident_id, subject, department_id, department_name, subdistrict_id,
          officer_id, period, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (kind, case_id) do nothing returning id`,
      [
        newId(),
        event.kind,
        event.caseId,
        event.caseNumber,
        event.residentId,
        event.subject,
        event.department.id,
        event.department.name,
        event.subdistrictId,
        event.officerId,
        periodOf(event.at),
        event.at,
      ],
    );
    if (made) return { id: made.id, fresh: true };
    const [known] = await tx.sql<{ id: string }>(
      'select id from rating_service_event where kind = $1 and case_id = $2',
      [event.kind, event.caseId],
    );
    if (!known) throw new Error('a service event vanished while it was being made');
    return { id: known.id, fresh: false };
  }

  /** Events of the resident without a rating, oldest first, none older than `from`. */
  async awaiting(residentId: string, from: Date, after: Position, limit: number): Promise<Rateable[]> {
    return this.database.sql(
      `select id, kind, subject, case_number as "caseNumber", at from rating_service_event
       where resident_id = $1 and rated_at is null and at >= $2 and (at, id) > ($3, $4)
       order by at, id limit $5`,
      [residentId, from, after.at, after.id, limit],
    );
  }

  async eventOf(tx: Tx, id: string, residentId: string): Promise<OpenEvent | null> {
    const [row] = await tx.sql<OpenEventRow>(
      `select department_id as "departmentId", department_name as "departmentName",
         subdistrict_id as "subdistrictId", officer_id as "officerId", case_number as "caseNumber", period, at,
         rated_at as "ratedAt"
       from rating_service_event where id = $1 and resident_id = $2`,
      [id, residentId],
    );
    if (!row) return null;
    const { departmentId, departmentName, ...event } = row;
    return { ...event, department: { id: departmentId, name: departmentName } };
  }

  /** Inserts the rating; null when the event has one. Two at once: the second waits here and then finds the first. */
  async addRating(tx: Tx, rating: KeptRating, residentId: string, now: Date): Promise<string | null> {
    const id = newId();
    const { serviceEventId, text, device, linkId } = rating;
    const compared = comparable(text);
    const made = await tx.sql(
      `insert into rating_given
         (id, service_event_id, resident_id, grade, options, options_version, text, anonymous, channel, source, at,
          via, device, text_digest, link_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'resident', $10, $11, $12, $13, $14)
       on conflict on constraint rating_given_once do nothing returning id`,
      [
        ...[id, serviceEventId, residentId, rating.grade, rating.options, rating.optionsVersion],
        text === null ? null : this.cipher.seal('rating.text', id, text),
        ...[rating.anonymous, rating.channel, now, rating.via],
        device === undefined ? null : this.cipher.blindIndex('rating.device', device),
        compared === null ? null : this.cipher.blindIndex('rating.words', compared),
        linkId ?? null,
      ],
    );
    if (made.length === 0) return null;
    await together(
      tx.sql('update rating_service_event set rated_at = $2 where id = $1', [serviceEventId, now]),
      tx.sql('delete from rating_ask where service_event_id = $1', [serviceEventId]),
    );
    return id;
  }

  async isOwner(tx: Tx, ratingId: string, residentId: string): Promise<boolean> {
    const rows = await tx.sql('select 1 from rating_given where id = $1 and resident_id = $2', [ratingId, residentId]);
    return rows.length === 1;
  }

  async ratingOf(tx: Tx, serviceEventId: string, residentId: string): Promise<string | null> {
    const [row] = await tx.sql<{ id: string }>(
      'select id from rating_given where service_event_id = $1 and resident_id = $2',
      [serviceEventId, residentId],
    );
    return row?.id ?? null;
  }

  /** Inserts the addendum; null when the rating has one. */
  async addAddendum(tx: Tx, ratingId: string, text: string, now: Date): Promise<string | null> {
    const id = newId();
    const made = await tx.sql(
      `insert into rating_addendum (id, rating_id, text, at) values ($1, $2, $3, $4)
       on conflict on constraint rating_addendum_once do nothing returning id`,
      [id, ratingId, this.cipher.seal('ratingAddendum.text', id, text), now],
    );
    return made.length === 1 ? id : null;
  }

  async given(serviceEventId: string, residentId: string): Promise<{ id: string; grade: Grade; at: Date } | null> {
    const [row] = await this.database.sql<{ id: string; grade: Grade; at: Date }>(
      'select id, grade, at from rating_given where service_event_id = $1 and resident_id = $2',
      [serviceEventId, residentId],
    );
    return row ?? null;
  }
}
