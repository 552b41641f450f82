import { Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { Refusal } from '@linli/kernel';
import { appendAudit, type Tx } from '@linli/platform';
import { withinReach } from '../case-reading.service';
import { CaseStore } from '../case.store';
import { overviewOf } from '../reach';
import { CaseworkSettings } from '../supervision/casework-settings.service';
import { ClaimStore, type Claim } from './claim.store';
import type { PriorityReason } from './priority';

/** How often a claim reaches again when others were quicker; each try sees what they took. */
const triesMost = 50;

/** The pile officers work from: each takes the next case, keeps it for a while, and no case is in two hands. */
@Injectable()
export class WorkQueue {
  constructor(
    private readonly cases: CaseStore,
    private readonly claims: ClaimStore,
    private readonly settings: CaseworkSettings,
  ) {}

  /** Takes the next case that waits within the officer's reach; null when none does. */
  async claim(tx: Tx, officer: Officer, entryIds: readonly string[] | null, now: Date): Promise<Claim | null> {
    const reach = overviewOf(officer);
    if (reach === null) return null;
    const { priorityDays } = this.settings.limits.workQueue;
    for (let attempt = 0; attempt < triesMost; attempt += 1) {
      const next = await this.claims.next(tx, { reach, entryIds, priorityDays }, officer.id, now, this.until(now));
      if (next === 'nothing') return null;
      if (next === 'contended') continue;
      await this.note(tx, 'case.claimed', next.caseId, officer, now);
      return this.claims.one(tx, next.caseId);
    }
    throw new Refusal('workQueue.busy');
  }

  /** Keeps a claimed case for another while. */
  async renew(tx: Tx, number: string, officer: Officer, now: Date): Promise<Claim> {
    const caseId = await this.claims.renew(tx, number, officer.id, now, this.until(now));
    const claim = caseId === null ? null : await this.claims.one(tx, caseId);
    if (!claim) throw new Refusal('workQueue.notClaimed');
    return claim;
  }

  /** Gives a claimed case back to the pile. */
  async release(tx: Tx, number: string, officer: Officer, now: Date): Promise<void> {
    if (!(await this.claims.release(tx, number, officer.id, now))) throw new Refusal('workQueue.notClaimed');
  }

  /** What the officer has in hand. */
  async mine(officer: Officer, now: Date): Promise<Claim[]> {
    return this.claims.of(officer.id, now);
  }

  /** 优先办理, on an officer's word. */
  async prioritise(tx: Tx, number: string, officer: Officer, reason: PriorityReason, now: Date): Promise<void> {
    const { filing } = withinReach(await this.cases.find(tx, number), officer);
    await this.claims.prioritise(tx, filing.id, reason, officer.id, now);
    await this.note(tx, 'case.prioritised', filing.id, officer, now);
  }

  private until(now: Date): Date {
    return new Date(now.getTime() + this.settings.limits.workQueue.leaseMinutes * 60_000);
  }

  private note(tx: Tx, action: string, caseId: string, officer: Officer, now: Date): Promise<void> {
    return appendAudit(tx, { actor: { kind: 'officer', id: officer.id }, action, subject: `case:${caseId}`, at: now });
  }
}
