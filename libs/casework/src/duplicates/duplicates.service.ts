import { Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { appendEvent, Database, type Tx } from '@linli/platform';
import { withinReach } from '../case-reading.service';
import { CaseStore } from '../case.store';
import { factsOf } from '../step';
import { DuplicateStore, type RelatedCase } from './duplicate.store';
import { isNear, tracesOf } from './sameness';

/** 重复诉求: open reports of one matter at one place are linked and said to officers; nobody's report is closed for it. */
@Injectable()
export class Duplicates {
  constructor(
    private readonly database: Database,
    private readonly cases: CaseStore,
    private readonly store: DuplicateStore,
  ) {}

  /** Finds what a new report repeats, and links it; answers the numbers of the others. */
  async find(tx: Tx, number: string, now: Date): Promise<string[]> {
    const kase = await this.cases.find(tx, number);
    if (kase?.filing.kind !== 'report') return [];
    const { id, entry } = kase.filing;
    const { place, text } = await this.cases.particulars(tx, id);
    const { cell, near, words } = tracesOf({ place, text });
    const own = cell === null ? words : [cell, ...words];
    if (own.length === 0) return [];
    await this.store.queueUp(tx, entry.id);
    await this.store.note(tx, id, entry.id, own);
    const candidates = await this.store.candidates(tx, id, entry.id, { near, words });
    const same = candidates.filter((one) => one.sameWords || isNear(place, one.place));
    if (same.length === 0) return [];
    await this.store.link(tx, id, same, now);
    const others = same.map((one) => one.number);
    await appendEvent(tx, 'case.duplicatesFound', { ...factsOf(kase), others }, now);
    return others;
  }

  /** What a case is linked to, for officers who may see it. */
  async related(number: string, officer: Officer): Promise<RelatedCase[]> {
    const { filing } = withinReach(await this.cases.find(this.database, number), officer);
    return this.store.related(this.database, filing.id);
  }
}
