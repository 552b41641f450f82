import { Refusal } from '@linli/kernel';
import { mandatoryFindings } from './six-fields';
import { draftStates, type Draft, type DraftState, type Scheduled, type Submitted, type Writing } from './draft';
import {
  approve,
  checkRevision,
  edit,
  fallDue,
  readyTo,
  schedule,
  sendBack,
  submit,
  transitions,
  withdraw,
} from './life';
import type { DraftVerb } from './life';
import { mayWrite } from './reach';
import { content, guide } from './samples';

const now = new Date('2026-03-10T02:00:00Z');
const later = new Date('2026-03-11T02:00:00Z');
const core = {
  id: 'd',
  entryId: content.id,
  departmentId: 'civil',
  content,
  baseVersion: 3,
  authorId: 'author',
  editorIds: ['author', 'helper'],
  revision: 4,
  createdAt: now,
  updatedAt: now,
};
const writing: Writing = { ...core, state: 'draft' };
const submitted: Submitted = { ...core, state: 'submitted' };
const scheduled: Scheduled = { ...core, state: 'scheduled', reviewerId: 'r', reviewedAt: now, publishedFrom: now };
const words = { content, departmentId: 'civil' };

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code;
  }
}

describe('a draft', () => {
  const allowed: Record<DraftVerb, readonly DraftState[]> = {
    edit: ['draft', 'sentBack'],
    submit: ['draft'],
    approve: ['submitted'],
    sendBack: ['submitted', 'reviewed', 'scheduled'],
    schedule: ['reviewed', 'scheduled'],
    publish: ['scheduled'],
    withdraw: ['draft', 'submitted', 'sentBack', 'reviewed', 'scheduled'],
  };

  it.each(Object.keys(transitions) as DraftVerb[])('allows %s in its states only', (verb) => {
    const open = draftStates.filter((state) => codeOf(() => readyTo(verb, { ...core, state } as Draft)) === 'none');
    expect(open).toEqual(draftStates.filter((state) => allowed[verb].includes(state)));
  });

  it.each<[string, () => unknown, string]>([
    ['an edit upon an older revision', () => checkRevision(writing, 3), 'catalogue.draftChanged'],
    [
      'an edit that claims a base nobody published',
      () => edit(writing, { ...words, baseVersion: 5 }, 4, 'a', now),
      'catalogue.baseOutdated',
    ],
    ['a submission upon an older version', () => submit(writing, 4, now), 'catalogue.baseOutdated'],
    ['a submission upon what was withdrawn', () => submit(writing, null, now), 'catalogue.baseOutdated'],
    ['approval by the author', () => approve(submitted, 3, 'author', now), 'catalogue.ownDraft'],
    ['approval by whoever wrote a part', () => approve(submitted, 3, 'helper', now), 'catalogue.ownDraft'],
    ['approval upon an older version', () => approve(submitted, 4, 'r', now), 'catalogue.baseOutdated'],
    ['sending back one’s own', () => sendBack(submitted, ['错'], 'author', now), 'catalogue.ownDraft'],
    ['sending back without a reason', () => sendBack(submitted, [' '], 'r', now), 'catalogue.reasonMissing'],
    ['withdrawing without a reason', () => withdraw(writing, '', now), 'catalogue.reasonMissing'],
    ['a time that passed', () => schedule(scheduled, 3, new Date(now.getTime() - 1), now), 'catalogue.timePassed'],
    ['nothing of what is right', () => approve(submitted, 3, 'r', now), 'none'],
  ])('refuses %s', (_what, work, code) => expect(codeOf(work)).toBe(code));

  it('forgets its review with every step back, and remembers who wrote in it', () => {
    const back = sendBack(scheduled, ['时限写错了'], 'r', later);
    expect(back).toMatchObject({ state: 'sentBack', reasons: ['时限写错了'], revision: 5, updatedAt: later });
    expect(back).not.toHaveProperty('reviewerId');
    const again = edit(back, { ...words, baseVersion: 4 }, 4, 'third', later);
    expect(again).toMatchObject({ state: 'draft', editorIds: ['author', 'helper', 'third'], baseVersion: 4 });
    expect(again).not.toHaveProperty('reasons');
  });

  it('becomes the next version when due, or goes back when its base is no longer what is published', () => {
    expect(fallDue(scheduled, 3, 4, later)).toMatchObject({ state: 'published', version: 4, reviewerId: 'r' });
    expect(fallDue(scheduled, 4, 5, later)).toMatchObject({ state: 'sentBack', reasons: [expect.any(String)] });
    expect(fallDue(scheduled, null, 4, later)).toMatchObject({ state: 'sentBack' });
    expect(schedule(scheduled, 3, null, later)).toMatchObject({ publishedFrom: later });
  });
});

describe('the six public fields', () => {
  const power = { codes: { scheme: 'local' }, type: 'licence', level: 'county' } as const;
  const found = (change: object, implementation: object | undefined = power): string[] =>
    mandatoryFindings({
      ...content,
      guide: { ...guide, ...change },
      implementation: implementation as typeof power,
    }).map(({ rule, severity }) => `${rule} ${severity}`);

  it.each<[string, object, object | undefined, string[]]>([
    ['all told', {}, power, []],
    ['no basis but a word', { basis: ['无'] }, power, ['six.basis error']],
    ['conditions left to an annex', { conditions: ['详见附件'] }, power, ['six.conditions error']],
    ['steps to come', { steps: ['待定'] }, power, ['six.steps error']],
    ['no limit', { committedLimit: { days: 0, unit: 'workingDay' } }, power, ['six.limit error']],
    ['at once', { handling: 'immediate', committedLimit: { days: 0, unit: 'workingDay' } }, power, []],
    ['no materials', { materials: [] }, power, ['six.materials error']],
    ['no materials for a fine', { materials: [] }, { ...power, type: 'penalty' }, []],
    ['no phone', { complaintPhone: '（暂缺）' }, power, ['six.complaint error']],
    ['a public service', { basis: ['—'] }, { ...power, type: 'publicService' }, ['six.basis warning']],
  ])('%s', (_what, change, implementation, rules) => expect(found(change, implementation)).toEqual(rules));

  it('are all missing without a guide, but not of a report category', () => {
    expect(mandatoryFindings({ ...content, guide: undefined, implementation: power })).toHaveLength(6);
    expect(mandatoryFindings({ ...content, kind: 'report', guide: undefined })).toEqual([]);
  });
});

describe('whose entries an officer writes', () => {
  it.each([
    ['admin', null, true],
    ['supervisor', null, true],
    ['department', 'civil', true],
    ['department', 'urban', false],
    ['department', null, false],
    ['clerk', 'civil', false],
  ] as const)('%s of %s: %s', (role, departmentId, may) =>
    expect(mayWrite({ id: 'o', role, departmentId }, 'civil')).toBe(may),
  );
});
