import { Inject, Injectable } from '@nestjs/common';
import type {
  Applicant,
  ApplicationDraft,
  CaseState,
  CatalogueEntry,
  CounterSource,
  ReportDraft,
} from '@linli/contracts';
import type { Officer } from '@linli/directory';
import {
  localDate,
  newId,
  Refusal,
  type WorkCalendar,
  pageOf,
  positionOf,
  instantSorted,
  type Page,
} from '@linli/kernel';
import { appendAudit, CALENDAR, type AuditActor, type Tx } from '@linli/platform';
import { CaseReading } from '../case-reading.service';
import { CaseRegister } from '../case-register.service';
import { CaseStore } from '../case.store';
import { outwardState } from '../step';
import type { CaseDetail } from '../case-view';
import { checkDraft, file, type CheckedDraft } from '../filing';
import { maskApplicant } from '../masking';
import { isWithin, reachOf } from '../reach';
import { termsOf } from '../requests/terms';
import { CaseworkSettings } from '../supervision/casework-settings.service';
import { CounterStore, type CounterFilingItem } from './counter.store';
import { checkReporter, personKey, type PersonKey } from './person';

interface AtCounter {
  readonly channel: CounterSource;
}

interface OnPaper {
  /** Ids of the guide's materials that lie on the counter, on paper. */
  readonly onPaper: readonly string[];
}

/** A matter an officer files for somebody: whose it is comes out at the counter. */
export type CounterDraft =
  | (Omit<ApplicationDraft, 'residentId' | 'channel'> & AtCounter & OnPaper)
  | (Omit<ReportDraft, 'residentId' | 'channel'> & AtCounter & { readonly applicant: Applicant });

/** Somebody a counter knows, masked, with what they have under way within the officer's reach. */
export interface PersonMatch {
  readonly applicant: Applicant | null;
  readonly cases: readonly {
    readonly number: string;
    readonly title: string;
    readonly state: CaseState;
    readonly department: string;
    readonly dueOn: string;
  }[];
}

const pageMost = 100;

/**
 * The counter (窗口、电话、纸质). People are known again by numbers an officer has seen or heard, never by what somebody
 * typed in chat: whoever typed another's number there would otherwise be given that person's cases.
 */
@Injectable()
export class Counter {
  constructor(
    private readonly cases: CaseStore,
    private readonly register: CaseRegister,
    private readonly reading: CaseReading,
    private readonly counter: CounterStore,
    private readonly settings: CaseworkSettings,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** Files for somebody; the officer is the first receiver. `newResident` makes one who was not known. */
  async take(
    tx: Tx,
    draft: CounterDraft,
    officer: Officer,
    newResident: () => Promise<string>,
    now: Date,
  ): Promise<CaseDetail> {
    const today = localDate(now);
    const checked = checkedAtCounter(draft, now);
    const key = personKey(draft.applicant, 'applicant.', today);
    const residentId = (await this.counter.known(tx, key)) ?? (await newResident());
    const whole = { ...draft, residentId };
    const identity = { id: newId(), number: await this.cases.nextNumber(tx, today) };
    const terms = termsOf(whole, this.settings.limits);
    const filed = file(whole, checked.entry, identity, now, this.calendar, terms);
    const step = { ...filed, next: { ...filed.next, firstReceiverId: officer.id } };
    await this.register.enter(tx, step, checked, now, officerActor(officer));
    await this.counter.remember(tx, key, residentId);
    await this.counter.add(tx, identity.id, {
      source: draft.channel,
      officerId: officer.id,
      hallId: officer.hallId,
      subdistrictId: officer.subdistrictId,
      helpedBy: helperOf(draft),
      onPaper: draft.kind === 'item' ? draft.onPaper : [],
      at: now,
    });
    return this.reading.officersDetail(tx, step.next);
  }

  /** Who a number belongs to, and what they have under way; who looked is kept. */
  async search(
    tx: Tx,
    given: { readonly idNumber?: string; readonly phone?: string },
    officer: Officer,
    now: Date,
  ): Promise<PersonMatch[]> {
    const key = personKey(given, '', localDate(now));
    refuseNothing(key);
    const residents = await this.counter.search(tx, key);
    const open = await this.counter.openCases(tx, residents);
    await appendAudit(tx, {
      actor: officerActor(officer),
      action: 'counter.search',
      subject: 'residents',
      detail: { by: key.idNumber === null ? 'phone' : 'idNumber', residents },
      at: now,
    });
    const reach = reachOf(officer);
    const seen = open.filter(({ kase }) => isWithin(reach, kase.filing, kase.supporting, kase.takenIn));
    return residents.map((residentId) => {
      const own = seen.filter(({ kase }) => kase.filing.residentId === residentId);
      const applicant = own.find(({ particulars }) => particulars.applicant)?.particulars.applicant ?? null;
      return {
        applicant: applicant && maskApplicant(applicant),
        cases: own.map(({ kase }) => ({
          number: kase.filing.number,
          title: kase.filing.entry.name,
          state: outwardState(kase),
          department: kase.filing.entry.department.name,
          dueOn: kase.dates.dueOn,
        })),
      };
    });
  }

  /** What the officer's own counters took in, newest first, wherever the applicants live. */
  async takenIn(officer: Officer, limit: number, cursor: string | null): Promise<Page<CounterFilingItem>> {
    const after = positionOf(cursor, instantSorted);
    const most = Math.min(limit, pageMost);
    const rows = await this.counter.takenIn(officer.subdistrictId, most + 1, after);
    return pageOf(
      rows,
      most,
      ({ id: _id, ...item }) => item,
      ({ id, at }) => ({ by: at.toISOString(), id }),
    );
  }
}

/** A draft checked as any other; of a report, whoever came with it is kept too. */
function checkedAtCounter(draft: CounterDraft, now: Date): CheckedDraft {
  if (draft.kind === 'item') {
    refuseUnknown(draft.onPaper, draft.entry);
    return checkDraft(draft, now);
  }
  const applicant = checkReporter(draft.applicant, localDate(now));
  const checked = checkDraft(draft, now);
  return { ...checked, particulars: { ...checked.particulars, applicant } };
}

function refuseUnknown(onPaper: readonly string[], { guide }: CatalogueEntry): void {
  const known = new Set(guide?.materials.map((one) => one.id));
  const problems = onPaper.flatMap((id, index) =>
    known.has(id) ? [] : [{ at: `onPaper[${index}]`, problem: '这个事项的指南里没有这项材料' }],
  );
  if (problems.length > 0) throw new Refusal('case.invalid', problems);
}

/** By phone the officer writes everything down; at the window a relative may stand there for the applicant. */
function helperOf(draft: CounterDraft): 'nobody' | 'officer' | 'relative' {
  if (draft.kind === 'item' && draft.agentFor) return 'relative';
  return draft.channel === 'paper' ? 'nobody' : 'officer';
}

function refuseNothing(key: PersonKey): void {
  if (key.idNumber === null && key.phone === null)
    throw new Refusal('case.invalid', [{ at: 'idNumber', problem: '请填身份证号或者电话号码' }]);
}

function officerActor(officer: Officer): AuditActor {
  return { kind: 'officer', id: officer.id };
}
