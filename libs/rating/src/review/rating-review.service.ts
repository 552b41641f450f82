import { Injectable } from '@nestjs/common';
import { Refusal, wholePageOf, positionOf, type Page, instantSorted } from '@linli/kernel';
import { appendAudit, type Tx } from '@linli/platform';
import { RatingSettings } from '../rating-settings.service';
import { isWithin, reachOf, type Asker } from '../reach';
import { givenWords } from '../words';
import { ExclusionStore } from './exclusion.store';
import { FlagStore, type FlagDecision, type RatingFlag } from './flag.store';
import { StaffBindingStore, type StaffBinding } from './staff-binding.store';

const minute = 60_000;
const day = 86_400_000;

/** Suspicious ratings: raised by rules, decided by people; until somebody decides they count like any other. */
@Injectable()
export class RatingReview {
  constructor(
    private readonly flags: FlagStore,
    private readonly exclusions: ExclusionStore,
    private readonly bindings: StaffBindingStore,
    private readonly settings: RatingSettings,
  ) {}

  /** Looks at a rating that was given, and at those it resembles. */
  async examine(tx: Tx, ratingId: string, now: Date): Promise<void> {
    const rated = await this.exclusions.rated(tx, ratingId);
    const trace = rated && (await this.flags.trace(tx, ratingId));
    if (!rated || !trace) return;
    const { burstRatings, burstMinutes, copies, copyDays } = this.settings.limits.review;
    const burstFrom = new Date(trace.at.getTime() - burstMinutes * minute);
    const copiesFrom = new Date(trace.at.getTime() - copyDays * day);
    const byResident = await this.flags.alike(tx, 'resident_id', trace.residentId, burstFrom, trace.at);
    // A tablet in the hall is handed from one to the next.
    const own = trace.device !== null && trace.via !== 'hallTablet';
    const byDevice = own ? await this.flags.alike(tx, 'device', trace.device, burstFrom, trace.at) : [];
    const words = trace.textDigest;
    const same = words === null ? [] : await this.flags.alike(tx, 'text_digest', words, copiesFrom, trace.at);
    const bursts = [byResident, byDevice].filter((ratings) => ratings.length > burstRatings).flat();
    await this.flags.raise(tx, 'burst', [...new Set(bursts)], now);
    if (same.length >= copies) await this.flags.raise(tx, 'copy', same, now);
    const selfDealing = trace.issuerDevice || (await this.bindings.isOwnService(tx, trace.residentId, rated));
    if (selfDealing) await this.flags.raise(tx, 'selfDealing', [ratingId], now);
  }

  /** Flags within the officer's reach, oldest first. */
  async list(officer: Asker, open: boolean, limit: number, cursor: string | null): Promise<Page<RatingFlag>> {
    const reach = reachOf(officer);
    if (reach === null || reach.departmentId !== null) return { items: [], nextCursor: null };
    const rows = await this.flags.list(reach, open, limit + 1, positionOf(cursor, instantSorted));
    return wholePageOf(rows, limit, ({ raisedAt, id }) => ({ by: raisedAt.toISOString(), id }));
  }

  /** Decides a flag, with a reason; only this takes the rating out of figures. */
  async decide(tx: Tx, id: string, officer: Asker, decision: FlagDecision, why: string, now: Date): Promise<void> {
    const reason = givenWords('reason', why);
    const flag = await this.flags.lock(tx, id);
    const rated = flag && (await this.exclusions.rated(tx, flag.ratingId));
    if (!flag || !rated || !isWithin(officer, rated)) throw new Refusal('rating.flagNotFound');
    if (flag.decided) throw new Refusal('rating.flagDecided');
    await this.flags.decide(tx, id, decision, reason, officer.id, now);
    if (decision === 'exclude') await this.exclusions.exclude(tx, rated, flag.kind, officer.id, now);
    await this.audit(tx, officer.id, `ratingFlag.${decision}`, `ratingFlag:${id}`, now);
  }

  /** Lets an excluded rating count again. */
  async restore(tx: Tx, exclusionId: string, officer: Asker, why: string, now: Date): Promise<void> {
    await this.exclusions.restore(tx, exclusionId, officer.id, givenWords('reason', why), now);
  }

  /** Notes which resident an officer is; what they rated of their own unit before is looked at. */
  async bindStaff(tx: Tx, binding: StaffBinding, by: string, now: Date): Promise<void> {
    await this.bindings.bind(tx, binding, by, now);
    await this.flags.raise(tx, 'selfDealing', await this.bindings.ownRatings(tx, binding), now);
    await this.audit(tx, by, 'ratingStaff.bind', `officer:${binding.officerId}`, now);
  }

  async unbindStaff(tx: Tx, residentId: string, by: string, now: Date): Promise<void> {
    if (!(await this.bindings.unbind(tx, residentId))) throw new Refusal('directory.notFound');
    await this.audit(tx, by, 'ratingStaff.unbind', `resident:${residentId}`, now);
  }

  private async audit(tx: Tx, officerId: string, action: string, subject: string, now: Date): Promise<void> {
    await appendAudit(tx, { actor: { kind: 'officer', id: officerId }, action, subject, at: now });
  }
}
