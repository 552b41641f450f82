import { Inject, Injectable } from '@nestjs/common';
import type { ApplicationDraft } from '@linli/contracts';
import {
  isUuid,
  localDate,
  newId,
  Refusal,
  type LocalDate,
  type RefusalDetail,
  type WorkCalendar,
} from '@linli/kernel';
import { CALENDAR, Database, together, type Tx } from '@linli/platform';
import type { Submitted } from '../case';
import { CaseRegister } from '../case-register.service';
import { caseColumns, CaseStore, type SealedRecord } from '../case.store';
import { checkDraft, file, type CheckedDraft } from '../filing';
import type { Step } from '../step';
import { bundleDate, bundleDetail, type BundleDetail, type BundledCase } from './bundle';
import { termsOf } from '../requests/terms';
import { CaseworkSettings } from '../supervision/casework-settings.service';

/** One item of a bundle, ready to become a case. */
export interface BundledDraft {
  readonly draft: ApplicationDraft;
  readonly after: readonly string[];
}

interface BundleRow {
  readonly id: string;
  readonly life_event: string;
  readonly name: string;
  readonly promised_on: LocalDate;
  readonly created_at: Date;
}

interface Filed {
  readonly step: Step<Submitted, 'case.submitted'>;
  readonly checked: CheckedDraft;
  readonly after: readonly string[];
}

/** 一事联办: several cases opened together, all or none, and handled side by side (并联). */
@Injectable()
export class Bundles {
  constructor(
    private readonly database: Database,
    private readonly cases: CaseStore,
    private readonly register: CaseRegister,
    private readonly settings: CaseworkSettings,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** Files every item in one transaction; refuses with everything that is wrong with any of them. */
  async open(
    tx: Tx,
    lifeEvent: { readonly id: string; readonly name: string },
    residentId: string,
    drafts: readonly BundledDraft[],
    now: Date,
  ): Promise<BundleDetail> {
    const checked = checkAll(drafts, now);
    const numbers: string[] = [];
    // One after the other: they come from the few drawn at a time, rarely from the database.
    while (numbers.length < drafts.length) numbers.push(await this.cases.nextNumber(tx, localDate(now)));
    const filed = checked.map(({ draft, after, checked: one }, index): Filed => {
      const identity = { id: newId(), number: numbers[index] ?? '' };
      return {
        step: file(draft, one.entry, identity, now, this.calendar, termsOf(draft, this.settings.limits)),
        checked: one,
        after,
      };
    });
    await together(...filed.map(({ step, checked: one }) => this.register.enter(tx, step, one, now)));
    return this.bind(tx, lifeEvent, residentId, filed, now);
  }

  /** A resident's bundle as it stands. */
  async ofResident(id: string, residentId: string): Promise<BundleDetail> {
    const [row] = isUuid(id)
      ? await this.database.sql<BundleRow>(
          `select id, life_event, name, promised_on, created_at from casework_bundle where id = $1 and resident_id = $2`,
          [id, residentId],
        )
      : [];
    if (!row) throw new Refusal('bundle.notFound');
    const rows = await this.database.sql<SealedRecord & { readonly after: readonly string[] }>(
      `select (select b.after from casework_bundle_case b where b.case_id = c.id) as after, ${caseColumns}
       where c.id in (select case_id from casework_bundle_case where bundle_id = $1)
       order by (select b.place from casework_bundle_case b where b.case_id = c.id)`,
      [id],
    );
    const found = await this.cases.casesOf(this.database, rows);
    const cases = found.map((kase, at): BundledCase => ({ kase, after: rows[at]?.after ?? [] }));
    const { life_event: lifeEventId, name, promised_on: promisedOn, created_at: createdAt } = row;
    return bundleDetail({ id, lifeEventId, name, promisedOn, createdAt }, cases, this.calendar);
  }

  private async bind(
    tx: Tx,
    lifeEvent: { readonly id: string; readonly name: string },
    residentId: string,
    filed: readonly Filed[],
    now: Date,
  ): Promise<BundleDetail> {
    const cases = filed.map(({ step, after }): BundledCase => ({ kase: step.next, after }));
    const id = newId();
    const promisedOn = bundleDate(cases, this.calendar) ?? localDate(now);
    await tx.sql(
      `insert into casework_bundle (id, life_event, name, resident_id, promised_on, created_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, lifeEvent.id, lifeEvent.name, residentId, promisedOn, now],
    );
    const links = cases.map(({ kase, after }, place) => ({
      ...{ place, case_id: kase.filing.id, entry_id: kase.filing.entry.id, after },
    }));
    await tx.sql(
      `insert into casework_bundle_case (bundle_id, place, case_id, entry_id, after)
       select $1, l.place, l.case_id, l.entry_id, l.after
       from jsonb_to_recordset($2::jsonb) as l(place int, case_id uuid, entry_id text, after text[])`,
      [id, JSON.stringify(links)],
    );
    const bundle = { id, lifeEventId: lifeEvent.id, name: lifeEvent.name, promisedOn, createdAt: now };
    return bundleDetail(bundle, cases, this.calendar);
  }
}

/** Checks every draft; what is wrong is named under its item, all of it at once. */
function checkAll(
  drafts: readonly BundledDraft[],
  now: Date,
): readonly (BundledDraft & { readonly checked: CheckedDraft })[] {
  const problems: RefusalDetail[] = [];
  const checked = drafts.flatMap((one) => {
    try {
      return [{ ...one, checked: checkDraft(one.draft, now) }];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push(...error.errors.map(({ at, problem }) => ({ at: `${one.draft.entry.id}.${at}`, problem })));
      if (error.errors.length === 0) throw error;
      return [];
    }
  });
  if (problems.length > 0) throw new Refusal('case.invalid', problems);
  return checked;
}
