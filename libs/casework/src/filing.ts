import { localDate, Refusal, type RefusalDetail, type WorkCalendar } from '@linli/kernel';
import {
  counterSources,
  type ApplicationDraft,
  type CaseDraft,
  type FilingChannel,
  type Place,
  type ReportDraft,
} from '@linli/contracts';
import { checkAnswers } from './answer-check';
import { checkApplicant, checkPrincipal } from './applicant-check';
import type { CaseFile, Particulars, PinnedEntry, Submitted } from './case';
import { datesOf } from './deadlines';
import { filesOf } from './draft-files';
import type { Terms } from './requests/terms';
import { factsOf, type Step } from './step';
import { dayWords, matterWords } from './wording';

const reportLongest = 2000;
const placeLongest = 200;

/** A draft found good: what is kept of it. */
export interface CheckedDraft {
  readonly entry: PinnedEntry;
  readonly particulars: Particulars;
  readonly files: readonly CaseFile[];
}

/** A draft as far as it can be checked before it is known whose it is. */
export type UnownedDraft = Omit<ApplicationDraft, 'residentId'> | Omit<ReportDraft, 'residentId'>;

/** Checks a draft whole and names every problem at once; keeps nothing that was not asked for. */
export function checkDraft(draft: UnownedDraft, now: Date): CheckedDraft {
  return draft.kind === 'item' ? checkApplication(draft, now) : checkReport(draft);
}

/** Files a checked draft under its number. */
export function file(
  draft: CaseDraft,
  entry: PinnedEntry,
  identity: { readonly id: string; readonly number: string },
  now: Date,
  calendar: WorkCalendar,
  terms: Terms = {},
): Step<Submitted, 'case.submitted'> {
  const { kind, residentId, subdistrictId, mediaIds, channel } = draft;
  const next: Submitted = {
    state: 'submitted',
    filing: { ...identity, kind, residentId, subdistrictId, entry, submittedAt: now, ...terms },
    dates: datesOf(entry, { receivedOn: localDate(now), limit: terms.request?.limit }, calendar),
    firstReceiverId: null,
    revision: 1,
  };
  const matter = matterWords(next.filing);
  return {
    next,
    what: 'submitted',
    words: `${entry.department.name}收到了您的${matter}，最晚${dayWords(next.dates.acceptOn)}告诉您是否受理、缺什么。`,
    event: 'case.submitted',
    payload: { ...factsOf(next), mediaIds, channel },
  };
}

function isCounter(channel: FilingChannel): boolean {
  return counterSources.some((source) => source === channel);
}

function pinned(draft: UnownedDraft): PinnedEntry {
  const { id, kind, name, department, category, version, versionId, guide } = draft.entry;
  return { id, kind, name, department, category, version, versionId, ...(guide && { guide }) };
}

function checkApplication(draft: Omit<ApplicationDraft, 'residentId'>, now: Date): CheckedDraft {
  const entry = pinned(draft);
  const { guide } = entry;
  // What cannot be applied for from afar can be at a counter.
  const isOffered = guide?.online === true || isCounter(draft.channel);
  if (entry.kind !== 'item' || !guide || !isOffered) throw new Refusal('item.notOnline');
  const today = localDate(now);
  const applicant = checkApplicant(draft.applicant, guide, draft.agentFor !== undefined, today);
  const principal = draft.agentFor ? checkPrincipal(draft.agentFor, guide.age, today) : null;
  const answers = checkAnswers(guide.form, draft.answers, today);
  const fileProblems: RefusalDetail[] = [];
  const files = filesOf(draft.materials, draft.fileIds, guide, fileProblems);
  const others = [...applicant.problems, ...(principal?.problems ?? []), ...fileProblems];
  if (others.length > 0) throw new Refusal('case.invalid', [...others, ...answers.problems]);
  if (answers.problems.length > 0) throw new Refusal('case.answersInvalid', answers.problems);
  const particulars = {
    applicant: applicant.applicant,
    agentFor: principal?.principal ?? null,
    answers: answers.values,
    text: null,
    place: null,
  };
  return { entry, particulars, files };
}

function checkReport(draft: Omit<ReportDraft, 'residentId'>): CheckedDraft {
  if (draft.entry.kind !== 'report') throw new Refusal('report.categoryUnknown');
  const entry = pinned(draft);
  const problems: RefusalDetail[] = [];
  const text = draft.text.trim();
  if (text === '') problems.push({ at: 'text', problem: '请说说是什么情况' });
  if (text.length > reportLongest) problems.push({ at: 'text', problem: `最多写${reportLongest}个字` });
  const place = draft.place ? checkPlace(draft.place, problems) : null;
  const files = filesOf([], draft.fileIds, undefined, problems);
  if (problems.length > 0) throw new Refusal('case.invalid', problems);
  return { entry, particulars: { applicant: null, agentFor: null, answers: {}, text, place }, files };
}

/** A place within China, words of a sensible length; null when it says nothing. */
function checkPlace(place: Place, problems: RefusalDetail[]): Place | null {
  const { lat, lng } = place;
  const words = place.words?.trim() ?? '';
  if (words.length > placeLongest) problems.push({ at: 'place.words', problem: `地点最多写${placeLongest}个字` });
  if ((lat === undefined) !== (lng === undefined)) problems.push({ at: 'place', problem: '经度和纬度要一起给' });
  if (lat !== undefined && !(lat >= 3 && lat <= 54)) problems.push({ at: 'place.lat', problem: '纬度不在我国境内' });
  if (lng !== undefined && !(lng >= 73 && lng <= 136)) problems.push({ at: 'place.lng', problem: '经度不在我国境内' });
  const point = lat !== undefined && lng !== undefined ? { lat, lng } : {};
  return words === '' && lat === undefined ? null : { ...point, ...(words !== '' && { words }) };
}
