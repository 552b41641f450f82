import { Injectable } from '@nestjs/common';
import { Bundles, shareOf, type BundledDraft, type BundleDetail } from '@linli/casework';
import { LifeEventService, type LifeEventGuide } from '@linli/catalogue';
import type { Applicant, CatalogueEntry, Principal, ServiceGuide } from '@linli/contracts';
import { Refusal, type RefusalDetail } from '@linli/kernel';
import { Database, type Tx } from '@linli/platform';
import { Filing } from './filing';
import { Guidepost } from './guidepost';
import { meaningsOf, type NamedMeanings } from './life-event-meanings';

/** One form and one set of materials for all of a life event. */
export interface LifeEventWish {
  readonly applicant: Applicant;
  /** By the keys of the composed form. */
  readonly answers: Readonly<Record<string, string>>;
  /** By the keys of the composed materials. */
  readonly materials: readonly { readonly materialId: string; readonly fileId: string }[];
  /** Ids of the optional items that are wanted too. */
  readonly items: readonly string[];
  readonly subdistrictId?: string;
  readonly agentFor?: Principal;
}

/** An item of a bundle that cannot be applied for from afar: where to go for it. */
export interface WindowItem {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly hours: string;
  readonly phone: string;
}

/** What became of a life event: cases under one date, and what is left for the window. */
export type OpenedLifeEvent = BundleDetail & { readonly toWindow: readonly WindowItem[] };

type Guided = CatalogueEntry & { readonly guide: ServiceGuide };

/** A life event read and its wish checked, before any transaction. */
export interface PreparedLifeEvent {
  readonly composed: LifeEventGuide;
  readonly online: readonly Guided[];
  readonly toWindow: readonly WindowItem[];
  readonly named: NamedMeanings;
  readonly wish: LifeEventWish;
}

/** 一事联办: one application becomes a case for each of its items, all or none. */
@Injectable()
export class LifeEventFiling {
  constructor(
    private readonly lifeEvents: LifeEventService,
    private readonly guidepost: Guidepost,
    private readonly filing: Filing,
    private readonly bundles: Bundles,
    private readonly database: Database,
  ) {}

  /** Reads the life event and refuses what it does not ask for; asked before the transaction. */
  async prepare(id: string, wish: LifeEventWish): Promise<PreparedLifeEvent> {
    const [composed, named] = await Promise.all([this.lifeEvents.guide(id), this.meaningsIn(id)]);
    const problems = unknownIn(composed, wish);
    if (problems.length > 0) throw new Refusal('case.invalid', problems);
    const included = composed.items
      .filter((item) => !item.optional || wish.items.includes(item.id))
      .map((item) => this.guidepost.entry(item.id))
      .filter((entry): entry is Guided => entry?.guide !== undefined);
    const online = included.filter((entry) => entry.guide.online);
    if (online.length === 0) throw new Refusal('item.notOnline');
    const toWindow = included.filter((entry) => !entry.guide.online).map(windowItem);
    return { composed, online, toWindow, named, wish };
  }

  /** Opens the cases in one transaction. */
  async open(tx: Tx, residentId: string, prepared: PreparedLifeEvent, now: Date): Promise<OpenedLifeEvent> {
    const { composed, online, toWindow, wish } = prepared;
    const subdistrictId = await this.filing.subdistrictOf(tx, residentId, wish.subdistrictId, null);
    const drafts = online.map((entry) => draftOf(entry, prepared, residentId, subdistrictId));
    const { id, name } = composed;
    return { ...(await this.bundles.open(tx, { id, name }, residentId, drafts, now)), toWindow };
  }

  /** How the bundle's file names what its items share; the composed guide no longer says which item called it what. */
  private async meaningsIn(id: string): Promise<NamedMeanings> {
    const [row] = await this.database.sql<Partial<NamedMeanings>>(
      `select content->'fields' as fields, content->'materials' as materials
       from catalogue_life_event where state = 'published' and id = $1`,
      [id],
    );
    return { fields: row?.fields ?? {}, materials: row?.materials ?? {} };
  }
}

function draftOf(entry: Guided, prepared: PreparedLifeEvent, residentId: string, subdistrictId: string): BundledDraft {
  const { composed, online, named, wish } = prepared;
  const { applicant, agentFor } = wish;
  const share = shareOf(meaningsOf(entry.id, entry.guide, named, composed), wish);
  const waitsFor = composed.items.find((item) => item.id === entry.id)?.after ?? [];
  const common = { entry, residentId, subdistrictId, applicant, channel: 'api' as const, fileIds: [], mediaIds: [] };
  return {
    draft: { kind: 'item', ...common, ...share, ...(agentFor && { agentFor }) },
    after: waitsFor.filter((id) => online.some((one) => one.id === id)),
  };
}

function unknownIn(composed: LifeEventGuide, { answers, materials, items }: LifeEventWish): RefusalDetail[] {
  const questions = new Set(composed.form.map((field) => field.key));
  const papers = new Set(composed.materials.map((material) => material.key));
  const optional = new Set(composed.items.map((item) => item.id));
  return [
    ...Object.keys(answers).flatMap((key) =>
      questions.has(key) ? [] : [{ at: `answers.${key}`, problem: '这件事没有这个问题' }],
    ),
    ...materials.flatMap(({ materialId }, index) =>
      papers.has(materialId) ? [] : [{ at: `materials[${index}].materialId`, problem: '这件事没有这项材料' }],
    ),
    ...items.flatMap((id, index) =>
      optional.has(id) ? [] : [{ at: `items[${index}]`, problem: '这件事不包含这个事项' }],
    ),
  ];
}

function windowItem({ id, name, guide }: Guided): WindowItem {
  const { place, hours, enquiryPhone: phone } = guide;
  return { id, name, place, hours, phone };
}
