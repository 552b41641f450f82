import type { Draft, DraftState } from '../versions/draft';
import { content, guide } from '../versions/samples';
import { decide, type BulkOrder, type BulkOutcome } from './bulk-review';

const now = new Date('2026-03-10T02:00:00Z');
const earlier = new Date('2026-03-10T01:00:00Z');
const later = new Date('2026-03-10T05:00:00Z');

const core = {
  id: 'd',
  entryId: 'e',
  departmentId: 'civil',
  content,
  baseVersion: null,
  authorId: 'author',
  editorIds: ['author', 'editor'],
  revision: 2,
  createdAt: earlier,
  updatedAt: earlier,
};
const review = { reviewerId: 'somebody', reviewedAt: earlier };
const drafts: Readonly<Record<DraftState, Draft>> = {
  draft: { ...core, state: 'draft' },
  submitted: { ...core, state: 'submitted' },
  sentBack: { ...core, state: 'sentBack', reasons: ['不清楚'] },
  reviewed: { ...core, ...review, state: 'reviewed' },
  scheduled: { ...core, ...review, state: 'scheduled', publishedFrom: later },
  published: { ...core, ...review, state: 'published', publishedFrom: earlier, version: 1 },
  withdrawn: { ...core, state: 'withdrawn', reasons: ['不要了'] },
};
const order = (extra: Partial<BulkOrder> = {}): BulkOrder => ({
  officerId: 'reviewer',
  departmentId: null,
  decision: 'approve',
  reasons: [],
  publishFrom: null,
  seenAt: now,
  ...extra,
});
const told = (outcome: BulkOutcome): string =>
  'code' in outcome ? outcome.code : outcome.steps.map(({ what, draft }) => `${what}:${draft.state}`).join(' ');
const back = { decision: 'sendBack', reasons: ['写清楚'] } as const;
const publish = { publishFrom: now } as const;

describe('of one draft among many', () => {
  it.each<[DraftState, Partial<BulkOrder>, string]>([
    ['submitted', {}, 'approve:reviewed'],
    ['submitted', publish, 'approve:reviewed schedule:scheduled'],
    ['submitted', back, 'sendBack:sentBack'],
    ['reviewed', {}, ''],
    ['reviewed', publish, 'schedule:scheduled'],
    ['reviewed', back, 'sendBack:sentBack'],
    ['scheduled', {}, ''],
    ['scheduled', publish, ''],
    ['scheduled', back, 'sendBack:sentBack'],
    ['published', publish, ''],
    ['published', back, 'catalogue.wrongState'],
    ['sentBack', back, ''],
    ['sentBack', {}, 'catalogue.wrongState'],
    ['draft', {}, 'catalogue.wrongState'],
    ['draft', back, 'catalogue.wrongState'],
    ['withdrawn', {}, 'catalogue.wrongState'],
  ])('%s, %j: %s', (state, extra, expected) => {
    expect(told(decide(drafts[state], order(extra), null, now))).toBe(expected);
  });

  const bad = { ...content, guide: { ...guide, complaintPhone: guide.enquiryPhone } };
  it.each<[string, Draft | undefined, Partial<BulkOrder>, number | null, string]>([
    ['is not there', undefined, {}, null, 'catalogue.draftNotFound'],
    ['belongs to others', drafts.submitted, { departmentId: 'urban' }, null, 'catalogue.draftNotFound'],
    ['is of the reviewer’s department', drafts.submitted, { departmentId: 'civil' }, null, 'approve:reviewed'],
    ['holds a word of the reviewer', drafts.submitted, { officerId: 'editor' }, null, 'catalogue.ownDraft'],
    [
      'changed since they looked',
      { ...core, state: 'submitted', updatedAt: later },
      {},
      null,
      'catalogue.draftChanged',
    ],
    ['was overtaken', drafts.submitted, {}, 3, 'catalogue.baseOutdated'],
    ['breaks a rule', { ...core, content: bad, state: 'submitted' }, {}, null, 'catalogue.notPublishable'],
    ['breaks a rule and goes back', { ...core, content: bad, state: 'submitted' }, back, null, 'sendBack:sentBack'],
  ])('it %s', (_what, draft, extra, standing, expected) => {
    expect(told(decide(draft, order(extra), standing, now))).toBe(expected);
  });

  it('names what is to be mended, and keeps an instant to come', () => {
    const outcome = decide({ ...core, content: bad, state: 'submitted' }, order(), null, now);
    expect(outcome).toMatchObject({ problems: [{ at: 'guide.complaintPhone', problem: expect.any(String) }] });
    const scheduled = decide(drafts.submitted, order({ publishFrom: later }), null, now);
    expect(scheduled).toMatchObject({ steps: [{}, { draft: { publishedFrom: later, reviewerId: 'reviewer' } }] });
    const passed = decide(drafts.submitted, order({ publishFrom: earlier }), null, now);
    expect(passed).toMatchObject({ steps: [{}, { draft: { publishedFrom: now } }] });
  });
});
