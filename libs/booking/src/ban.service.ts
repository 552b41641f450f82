import { Injectable } from '@nestjs/common';
import { addDays, isUuid, localDate, Refusal, startOf } from '@linli/kernel';
import type { Officer } from '@linli/directory';
import { appendAudit, appendEvent, Database, type Tx } from '@linli/platform';
import { BanStore, type Ban } from './ban.store';
import type { Booking } from './booking';
import { banUntil } from './conduct';
import type { DeskPolicy } from './desk';

const wordsLongest = 500;
const listed = 100;

/** Bans after no-shows, and appeals against them. */
@Injectable()
export class BanService {
  constructor(
    private readonly database: Database,
    private readonly bans: BanStore,
  ) {}

  /** Bans whoever has now missed as many bookings as the desk's policy allows; each no-show counts for one ban. */
  async afterNoShow(tx: Tx, booking: Booking, policy: DeskPolicy, officerId: string | null, now: Date): Promise<void> {
    // Two no-shows of one person settled at once must not both be the last.
    await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 779016))', [booking.person]);
    const since = startOf(addDays(localDate(now), -policy.noShows.withinDays));
    const missed = await this.bans.noShowsOf(tx, booking.person, since);
    const until = banUntil(missed.length, policy, now);
    if (until === null) return;
    const { person, residentId } = booking;
    const banId = await this.bans.add(tx, { person, residentId, until, bookings: missed, madeBy: officerId }, now);
    const payload = { residentId, banId, until: until.toISOString(), noShows: missed.length };
    await appendEvent(tx, 'booking.banned', payload, now);
    await appendAudit(tx, {
      actor: officerId ? { kind: 'officer', id: officerId } : { kind: 'system', id: 'booking.sweep' },
      action: 'booking.ban',
      subject: `bookingBan:${banId}`,
      detail: { noShows: missed.length },
      at: now,
    });
  }

  async mine(residentId: string): Promise<Ban[]> {
    return this.bans.ofResident(this.database, residentId, listed);
  }

  /** 申诉, once a ban. */
  async appeal(tx: Tx, id: string, residentId: string, words: string, now: Date): Promise<Ban> {
    const ban = await this.locked(tx, id);
    if (ban.residentId !== residentId) throw new Refusal('booking.banNotFound');
    if (ban.appealedAt !== null) throw new Refusal('booking.alreadyAppealed');
    await this.bans.appeal(tx, id, checked(words), now);
    return this.locked(tx, id);
  }

  /** Appeals nobody has decided, the longest waiting first. */
  async appealed(): Promise<Ban[]> {
    return this.bans.appealed(this.database, listed);
  }

  /** Decides an appeal; never by the officer whose no-show made the ban. */
  async decide(
    tx: Tx,
    id: string,
    officer: Officer,
    { decision, reason }: { readonly decision: 'upheld' | 'lifted'; readonly reason: string },
    now: Date,
  ): Promise<Ban> {
    const ban = await this.locked(tx, id);
    if (ban.appealedAt === null || ban.decision !== null) throw new Refusal('booking.wrongState');
    if (ban.madeBy === officer.id) throw new Refusal('booking.appealBySame');
    await this.bans.decide(tx, id, decision, officer.id, checked(reason), now);
    await appendEvent(tx, 'booking.banDecided', { residentId: ban.residentId, banId: id, decision }, now);
    await appendAudit(tx, {
      actor: { kind: 'officer', id: officer.id },
      action: 'booking.decideAppeal',
      subject: `bookingBan:${id}`,
      detail: { decision },
      at: now,
    });
    return this.locked(tx, id);
  }

  private async locked(tx: Tx, id: string): Promise<Ban> {
    const ban = isUuid(id) ? await this.bans.lock(tx, id) : null;
    if (!ban) throw new Refusal('booking.banNotFound');
    return ban;
  }
}

function checked(words: string): string {
  const said = words.trim();
  if (said === '' || said.length > wordsLongest)
    throw new Refusal('request.invalid', [{ at: 'words', problem: `请写明理由，最多${wordsLongest}个字` }]);
  return said;
}
