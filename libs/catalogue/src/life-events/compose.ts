import type { CatalogueEntry, ServiceGuide } from '@linli/contracts';
import type { ComposedItem, LifeEvent, LifeEventGuide, Span } from './life-event';
import { inOrder, longestChain, plus } from './order';
import { sharedApplicant, sharedForm } from './shared-form';
import { sharedMaterials } from './shared-materials';

type Guided = CatalogueEntry & { readonly guide: ServiceGuide };

/** 一张表单、一套材料、一次办结: the guide of a life event from the guides of its items as they are published now. */
export function composeLifeEvent(event: LifeEvent, entries: ReadonlyMap<string, CatalogueEntry>): LifeEventGuide {
  const isGuided = (entry: CatalogueEntry | undefined): entry is Guided => entry?.guide !== undefined;
  const { ordered } = inOrder(event.items);
  const available = ordered.filter((item) => isGuided(entries.get(item.entry)));
  const guided = available.map((item) => entries.get(item.entry)).filter(isGuided);
  const parts = guided.map(({ id, guide }) => ({ id, guide }));
  const limits = new Map(parts.map(({ id, guide }) => [id, guide.committedLimit]));
  const applicant = sharedApplicant(parts);
  const form = sharedForm(event, parts);
  const materials = sharedMaterials(event, parts);
  const chain = longestChain(available, limits);
  const start: Span = { workingDays: 0, naturalDays: 0 };
  const fields = {
    before: parts.reduce((sum, { guide }) => sum + guide.applicant.length + guide.form.length, 0),
    after: applicant.length + form.length,
  };
  const papers = {
    before: parts.reduce((sum, { guide }) => sum + guide.materials.length, 0),
    after: materials.length,
  };
  return {
    id: event.id,
    name: event.name,
    summary: event.summary,
    items: guided.map((entry) => composed(entry, event)),
    applicant,
    form,
    materials,
    time: {
      longest: chain.span,
      path: chain.path,
      oneByOne: parts.reduce((span, { guide }) => plus(span, guide.committedLimit), start),
    },
    saved: { fields, materials: papers, sentence: savedWords(parts.length, fields, papers) },
    unavailable: event.items.map((item) => item.entry).filter((id) => !isGuided(entries.get(id))),
  };
}

function composed(entry: Guided, event: LifeEvent): ComposedItem {
  const { id, name, department, guide } = entry;
  const item = event.items.find((one) => one.entry === id);
  return {
    id,
    name,
    department,
    optional: item?.optional ?? false,
    when: item?.when ?? null,
    after: item?.after ?? [],
    conditions: guide.conditions,
    committedLimit: guide.committedLimit,
    result: guide.result,
  };
}

interface Count {
  readonly before: number;
  readonly after: number;
}

function savedWords(items: number, fields: Count, materials: Count): string {
  return (
    `${items}件事一起办：原来要填${fields.before}项、交${materials.before}份材料，` +
    `现在只填${fields.after}项、交${materials.after}份材料。`
  );
}
