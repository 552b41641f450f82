import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Counter, type CaseDetail, type CounterDraft } from '@linli/casework';
import type {
  AcceptanceScope,
  Applicant,
  CatalogueEntry,
  CounterSource,
  EntryKind,
  Place,
  Principal,
} from '@linli/contracts';
import { ResidentStore, type Officer } from '@linli/directory';
import { Refusal } from '@linli/kernel';
import { projectRoot, type Tx } from '@linli/platform';
import { Guidepost } from './guidepost';

interface CounterWish {
  readonly source: CounterSource;
  readonly applicant: Applicant;
  /** Where the applicant lives; the officer's own subdistrict when left out. */
  readonly subdistrictId?: string;
}

/** A matter as an officer takes it down for somebody: an item, or a kind of problem. */
export type CounterFilingWish = CounterWish &
  (
    | {
        readonly itemId: string;
        readonly answers: Readonly<Record<string, string>>;
        readonly materials: readonly { readonly materialId: string; readonly fileId: string }[];
        /** Ids of materials that lie on the counter, on paper. */
        readonly onPaper: readonly string[];
        readonly agentFor?: Principal;
      }
    | {
        readonly categoryId: string;
        readonly text: string;
        readonly place?: Place;
        readonly fileIds: readonly string[];
      }
  );

const scopes = ['district', 'subdistrict'] as const;
type Unscoped = (typeof scopes)[number];

/** Whether any hall of the district may take an item in (通办范围); one that names no range follows the setting. */
export function isTakenAnywhere(scope: AcceptanceScope | undefined, unscoped: Unscoped): boolean {
  if (scope === undefined) return unscoped === 'district';
  return scope !== 'subdistrict' && scope !== 'acrossCommunities';
}

/** The counter (综窗): officers open cases for people at the window, on the phone or on paper; 全区通办 within its range. */
@Injectable()
export class CounterDesk {
  private readonly unscoped = readSetting();

  constructor(
    private readonly guidepost: Guidepost,
    private readonly residents: ResidentStore,
    private readonly counter: Counter,
  ) {}

  /** Opens a case for whoever came; its officer is the first receiver. */
  async open(tx: Tx, officer: Officer, wish: CounterFilingWish, now: Date): Promise<CaseDetail> {
    const subdistrictId = wish.subdistrictId ?? officer.subdistrictId;
    if (subdistrictId === null)
      throw new Refusal('counter.subdistrictMissing', [{ at: 'subdistrictId', problem: '请选择申请人所在的街道' }]);
    const draft = this.draftOf(wish, subdistrictId);
    this.requireRange(draft.entry, officer, subdistrictId);
    return this.counter.take(tx, draft, officer, () => this.residents.newResident(tx, now), now);
  }

  private draftOf(wish: CounterFilingWish, subdistrictId: string): CounterDraft {
    const { applicant, source: channel } = wish;
    const common = { applicant, channel, subdistrictId, mediaIds: [] };
    if ('itemId' in wish) {
      const { answers, materials, onPaper, agentFor } = wish;
      const entry = this.published(wish.itemId, 'item');
      return {
        ...common,
        kind: 'item',
        entry,
        answers,
        materials,
        onPaper,
        fileIds: [],
        ...(agentFor && { agentFor }),
      };
    }
    const { text, place, fileIds } = wish;
    const entry = this.published(wish.categoryId, 'report');
    return { ...common, kind: 'report', entry, text, fileIds, ...(place && { place }) };
  }

  private requireRange(entry: CatalogueEntry, officer: Officer, subdistrictId: string): void {
    const isOwn = officer.subdistrictId === null || officer.subdistrictId === subdistrictId;
    if (isOwn || isTakenAnywhere(entry.implementation?.scope, this.unscoped)) return;
    throw new Refusal('counter.elsewhere');
  }

  private published(id: string, kind: EntryKind): CatalogueEntry {
    const entry = this.guidepost.entry(id);
    if (entry?.kind !== kind) throw new Refusal(kind === 'report' ? 'report.categoryUnknown' : 'item.notFound');
    return entry;
  }
}

function readSetting(): Unscoped {
  const file = join(projectRoot(), 'config', 'casework', 'counter.json');
  const { unscopedItems } = JSON.parse(readFileSync(file, 'utf8')) as { readonly unscopedItems?: unknown };
  const known = scopes.find((one) => one === unscopedItems);
  if (!known) throw new Error(`${file}: unscopedItems must be one of ${scopes.join(', ')}`);
  return known;
}
