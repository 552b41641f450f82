import { addDays, localDate, Refusal, startOf, type RefusalDetail } from '@linli/kernel';
import type { Channel, Grade, RatingChannel } from '@linli/contracts';
import { optionSetsOf } from './options';

/** 好差评 as a resident gives it. */
export interface RatingDraft {
  readonly serviceEventId: string;
  readonly grade: Grade;
  readonly options?: readonly string[];
  readonly text?: string;
  readonly anonymous?: boolean;
  readonly channel: Channel | 'api';
  /** Where it was given; left out: the mini-program for the API, else the chat. */
  readonly via?: GivenChannel;
  /** What tells one device from another; only a keyed digest of it is kept. */
  readonly device?: string;
  /** The link it came by. */
  readonly linkId?: string;
}

/** Where a resident rates; a call back is an officer's note, not a rating. */
export type GivenChannel = Exclude<RatingChannel, 'phoneCallback'>;

/** What of a rating is kept besides who, what and when. */
export interface CheckedRating {
  readonly grade: Grade;
  /** Each once, in the order of their set. */
  readonly options: readonly string[];
  readonly optionsVersion: string;
  readonly text: string | null;
  readonly anonymous: boolean;
  readonly via: GivenChannel;
}

const openDays = 90;
const longest = 500;

/** The earliest moment of a service that may still be rated: ninety days after the day of the service it is too late. */
export function opensFrom(now: Date): Date {
  return startOf(addDays(localDate(now), -openDays));
}

/** Whether a service of that moment may still be rated. */
export function isOpen(at: Date, now: Date): boolean {
  return at >= opensFrom(now);
}

/** Takes a rating whose reasons belong to its grade; refuses others, and words that are too long. */
export function checkRating(draft: RatingDraft): CheckedRating {
  const via = draft.via ?? (draft.channel === 'api' ? 'miniProgram' : 'chat');
  const { version, byGrade } = optionSetsOf(via);
  const offered = byGrade[draft.grade].map((option) => option.id);
  const chosen = draft.options ?? [];
  const problems: RefusalDetail[] = chosen.flatMap((option, index) =>
    offered.includes(option) ? [] : [{ at: `options[${index}]`, problem: '这个选项不属于所选的满意度' }],
  );
  const text = draft.text?.trim() ?? '';
  problems.push(...lengthProblems(text));
  if (problems.length > 0) throw new Refusal('request.invalid', problems);
  return {
    grade: draft.grade,
    options: offered.filter((option) => chosen.includes(option)),
    optionsVersion: version,
    text: text === '' ? null : text,
    anonymous: draft.anonymous ?? false,
    via,
  };
}

/** Takes the words of a 追加评价; refuses none and too many. */
export function checkAddendum(text: string): string {
  const words = text.trim();
  const problems = words === '' ? [{ at: 'text', problem: '请写下想补充的话' }] : lengthProblems(words);
  if (problems.length > 0) throw new Refusal('request.invalid', problems);
  return words;
}

function lengthProblems(text: string): RefusalDetail[] {
  return text.length > longest ? [{ at: 'text', problem: `最多写${longest}个字` }] : [];
}
