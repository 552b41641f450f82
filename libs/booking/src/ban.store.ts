import { Injectable } from '@nestjs/common';
import { newId } from '@linli/kernel';
import { FieldCipher, type Tx } from '@linli/platform';
import type { Reader } from './seat.store';

/** 限制预约: a person books nothing for a while, because they did not come so often. */
export interface Ban {
  readonly id: string;
  readonly residentId: string;
  readonly from: Date;
  readonly until: Date;
  /** How many no-shows it stands on. */
  readonly noShows: number;
  readonly madeBy: string | null;
  readonly appeal: string | null;
  readonly appealedAt: Date | null;
  readonly decision: 'upheld' | 'lifted' | null;
  readonly reason: string | null;
}

interface BanRow {
  readonly id: string;
  readonly resident_id: string;
  readonly from_at: Date;
  readonly until_at: Date;
  readonly no_shows: number;
  readonly made_by: string | null;
  readonly appeal: Buffer | null;
  readonly appealed_at: Date | null;
  readonly decision: 'upheld' | 'lifted' | null;
  readonly reason: Buffer | null;
}

const columns = `id, resident_id, from_at, until_at, cardinality(bookings) as no_shows, made_by, appeal, appealed_at,
  decision, reason`;

/** Bans in PostgreSQL; what residents and officers wrote is sealed. */
@Injectable()
export class BanStore {
  constructor(private readonly cipher: FieldCipher) {}

  async isBanned(reader: Reader, person: string, now: Date): Promise<boolean> {
    const rows = await reader.sql(
      `select from booking_ban where person = $1 and from_at <= $2 and until_at > $2
         and decision is distinct from 'lifted' limit 1`,
      [person, now],
    );
    return rows.length > 0;
  }

  /** No-shows of a person that no ban stands on yet. */
  async noShowsOf(tx: Tx, person: string, since: Date): Promise<string[]> {
    const rows = await tx.sql<{ id: string }>(
      `select b.id from booking_booking b where b.person = $1 and b.state = 'noShow' and b.settled_at >= $2
         and not exists (select from booking_ban n where n.person = $1 and b.id = any(n.bookings))`,
      [person, since],
    );
    return rows.map((row) => row.id);
  }

  async add(
    tx: Tx,
    ban: { person: string; residentId: string; until: Date; bookings: readonly string[]; madeBy: string | null },
    now: Date,
  ): Promise<string> {
    const id = newId();
    await tx.sql(
      `insert into booking_ban (id, person, resident_id, from_at, until_at, bookings, made_by)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, ban.person, ban.residentId, now, ban.until, ban.bookings, ban.madeBy],
    );
    return id;
  }

  async lock(tx: Tx, id: string): Promise<Ban | null> {
    const [row] = await tx.sql<BanRow>(`select ${columns} from booking_ban where id = $1 for update`, [id]);
    return row ? this.banOf(row) : null;
  }

  async ofResident(reader: Reader, residentId: string, limit: number): Promise<Ban[]> {
    const rows = await reader.sql<BanRow>(
      `select ${columns} from booking_ban where resident_id = $1 order by id desc limit $2`,
      [residentId, limit],
    );
    return rows.map((row) => this.banOf(row));
  }

  /** Appeals nobody has decided, the longest waiting first. */
  async appealed(reader: Reader, limit: number): Promise<Ban[]> {
    const rows = await reader.sql<BanRow>(
      `select ${columns} from booking_ban where appealed_at is not null and decision is null
       order by appealed_at, id limit $1`,
      [limit],
    );
    return rows.map((row) => this.banOf(row));
  }

  async appeal(tx: Tx, id: string, words: string, now: Date): Promise<void> {
    await tx.sql('update booking_ban set appealed_at = $2, appeal = $3 where id = $1', [
      id,
      now,
      this.cipher.seal('booking.appeal', id, words),
    ]);
  }

  async decide(
    tx: Tx,
    id: string,
    decision: 'upheld' | 'lifted',
    officerId: string,
    reason: string,
    now: Date,
  ): Promise<void> {
    await tx.sql('update booking_ban set decision = $2, decided_by = $3, reason = $4, decided_at = $5 where id = $1', [
      id,
      decision,
      officerId,
      this.cipher.seal('booking.reason', id, reason),
      now,
    ]);
  }

  private banOf(row: BanRow): Ban {
    return {
      ...{ id: row.id, residentId: row.resident_id, from: row.from_at, until: row.until_at, noShows: row.no_shows },
      madeBy: row.made_by,
      appeal: row.appeal && this.cipher.open('booking.appeal', row.id, row.appeal),
      appealedAt: row.appealed_at,
      decision: row.decision,
      reason: row.reason && this.cipher.open('booking.reason', row.id, row.reason),
    };
  }
}
