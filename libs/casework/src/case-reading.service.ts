import { Inject, Injectable } from '@nestjs/common';
import {
  isUuid,
  localDate,
  Refusal,
  type WorkCalendar,
  pageOf,
  positionOf,
  instantSorted,
  daySorted,
  type Page,
} from '@linli/kernel';
import type { CaseState, CaseSummary } from '@linli/contracts';
import type { Officer } from '@linli/directory';
import { CALENDAR, Database, together, type Tx } from '@linli/platform';
import type { Case, CaseFile } from './case';
import { CaseListStore } from './case-list.store';
import { CaseStore } from './case.store';
import { CaseTrailStore, type Reader } from './case-trail.store';
import {
  detailForOfficer,
  detailForOwner,
  summaryOf,
  type CaseDetail,
  type CaseListItem,
  type CaseParts,
} from './case-view';
import { dueBetween, type Due } from './deadlines';
import { isWithin, reachOf } from './reach';

/** What an officer narrows a list to. Without a state it holds all that is open. */
export interface CaseQuery {
  readonly state?: CaseState | undefined;
  readonly due?: Due | undefined;
  /** Only cases this officer was the first to act on. */
  readonly mine?: boolean | undefined;
}

/** A locked case and what gathers on it. */
export interface HeldCase {
  readonly kase: Case;
  readonly parts: CaseParts;
}

/** Who asks for a file: an officer, or a resident by id. */
export type CaseAsker = Officer | { readonly residentId: string };

const pageMost = 100;

/** Everything that only looks: what belongs to someone else, or lies out of reach, is not found. */
@Injectable()
export class CaseReading {
  constructor(
    private readonly database: Database,
    private readonly cases: CaseStore,
    private readonly trail: CaseTrailStore,
    private readonly lists: CaseListStore,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  async ofResident(number: string, residentId: string): Promise<Case> {
    return owned(await this.cases.find(this.database, number), residentId);
  }

  async ofOfficer(number: string, officer: Officer): Promise<Case> {
    return withinReach(await this.cases.find(this.database, number), officer);
  }

  /** The case of that number with what gathers on it, held until the transaction ends; in one round trip. */
  async hold(tx: Tx, number: string): Promise<HeldCase> {
    const [kase, parts] = await together(this.cases.lock(tx, number), this.trail.gathered(tx, number));
    if (!kase || !parts) throw new Refusal('case.notFound');
    return { kase, parts };
  }

  async ownersDetail(reader: Reader, kase: Case): Promise<CaseDetail> {
    return detailForOwner(kase, await this.parts(reader, kase));
  }

  async officersDetail(reader: Reader, kase: Case): Promise<CaseDetail> {
    return detailForOfficer(kase, await this.parts(reader, kase));
  }

  async summariesOf(
    reader: Reader,
    residentId: string,
    limit: number,
    cursor: string | null,
  ): Promise<Page<CaseSummary>> {
    const most = Math.min(limit, pageMost);
    const cases = await this.lists.ofResident(reader, residentId, most + 1, positionOf(cursor, instantSorted));
    return pageOf(cases, most, summaryOf, ({ filing }) => ({ by: filing.submittedAt.toISOString(), id: filing.id }));
  }

  async list(
    officer: Officer,
    query: CaseQuery,
    limit: number,
    cursor: string | null,
    now: Date,
  ): Promise<Page<CaseListItem>> {
    const after = positionOf(cursor, daySorted);
    const reach = reachOf(officer);
    if (reach.over === 'nothing') return { items: [], nextCursor: null };
    const filter = {
      reach,
      state: query.state ?? null,
      due: query.due ? dueBetween(query.due, localDate(now), this.calendar) : null,
      receivedBy: query.mine ? officer.id : null,
    };
    const most = Math.min(limit, pageMost);
    const rows = await this.lists.withinReach(filter, most + 1, after);
    return pageOf(
      rows,
      most,
      ({ item }) => item,
      ({ id, item }) => ({ by: item.dueOn, id }),
    );
  }

  /** Refuses a file that does not belong to the case; evidence is for officers' eyes. */
  async checkFile(number: string, asker: CaseAsker, fileId: string): Promise<void> {
    const kase = await this.asked(number, asker).catch(asFileNotFound);
    const files = isUuid(fileId) ? await this.trail.files(this.database, kase.filing.id) : [];
    const isShown = (file: CaseFile): boolean => file.fileId === fileId && !(file.evidence && 'residentId' in asker);
    if (!files.some(isShown)) throw new Refusal('file.notFound');
  }

  private asked(number: string, asker: CaseAsker): Promise<Case> {
    return 'residentId' in asker ? this.ofResident(number, asker.residentId) : this.ofOfficer(number, asker);
  }

  private async parts(reader: Reader, { filing }: Case): Promise<CaseParts> {
    const parts = await this.trail.gathered(reader, filing.number);
    if (!parts) throw new Refusal('case.notFound');
    return parts;
  }
}

/** The case if it is the resident's own. */
export function owned(kase: Case | null, residentId: string): Case {
  if (kase?.filing.residentId !== residentId) throw new Refusal('case.notFound');
  return kase;
}

/** The case if it lies within the officer's reach. */
export function withinReach(kase: Case | null, officer: Officer): Case {
  if (!kase || !isWithin(reachOf(officer), kase.filing, kase.supporting, kase.takenIn))
    throw new Refusal('case.notFound');
  return kase;
}

function asFileNotFound(error: unknown): never {
  if (error instanceof Refusal && error.code === 'case.notFound') throw new Refusal('file.notFound');
  throw error;
}
