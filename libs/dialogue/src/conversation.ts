import type { CaseOutcome, CaseState, HandOverReason, Place, RatingRequest } from '@linli/contracts';

/** Something that can be chosen from a list: a catalogue entry by id and name. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

/** An application as far as it is filled in. */
export interface ApplicationSheet {
  readonly entryId: string;
  /** The version of the guide the answers were checked against. */
  readonly versionId: string;
  readonly name: string;
  /** Where the applicant lives was known before: it is no question counted aloud. */
  readonly knewHome: boolean;
  /** By question (`subdistrict`, `applicant.phone`, `answers.bankName`); empty when passed over. */
  readonly answers: Readonly<Record<string, string>>;
  readonly mediaIds: readonly string[];
}

/** A reported problem as far as it is told. */
export interface ReportSheet {
  readonly entryId: string;
  readonly name: string;
  readonly text: string;
  readonly place: Place | null;
  readonly mediaIds: readonly string[];
  /** Whether the resident sent a picture or said there is none. */
  readonly pictureSettled: boolean;
  readonly subdistrictId: string | null;
}

export type ReportStep = 'text' | 'where' | 'picture' | 'subdistrict' | 'confirm' | 'amend';

/** What can be left in the middle and taken up again. */
export type OpenForm =
  /** `held`: words that sounded like an emergency and may have been an answer. */
  | {
      readonly kind: 'filling';
      readonly sheet: ApplicationSheet;
      readonly question: string;
      readonly held: string | null;
    }
  | { readonly kind: 'confirming'; readonly sheet: ApplicationSheet; readonly amending: boolean }
  | { readonly kind: 'reporting'; readonly sheet: ReportSheet; readonly step: ReportStep; readonly held: string | null }
  | {
      readonly kind: 'correcting';
      readonly number: string;
      readonly title: string;
      readonly missing: readonly string[];
      readonly texts: readonly string[];
      readonly mediaIds: readonly string[];
      readonly held: string | null;
    };

/** A case as a list in chat keeps it; dates are civil dates in Asia/Shanghai. */
export interface CaseLine {
  readonly number: string;
  readonly kind: 'item' | 'report';
  readonly title: string;
  readonly state: CaseState;
  readonly department: string;
  readonly submittedOn: string;
  readonly acceptOn: string;
  readonly dueOn: string;
  readonly missing: readonly string[];
  readonly answerBy: string | null;
  readonly outcome: CaseOutcome | null;
  readonly publicReply: string | null;
}

/** A booking as a list in chat keeps it; ISO instants. */
export interface BookingLine {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly placeName: string;
  readonly start: string;
  readonly end: string;
}

/** Part of a guide on view, and which page of it. */
export type Section = 'overview' | 'materials' | 'steps' | 'where' | 'basis';

/** What the conversation waits for. */
export type Mode =
  | { readonly kind: 'idle' }
  /** `none` is the name of the last line: none of these. */
  | {
      readonly kind: 'choosing';
      readonly candidates: readonly Choice[];
      readonly words: string;
      readonly none: string;
      /** How often in a row it was asked which one is meant. */
      readonly asked?: number;
      /** It was said who handles the one candidate: a place would tell more. */
      readonly who?: boolean;
    }
  | { readonly kind: 'reading'; readonly entryId: string; readonly section: Section; readonly page: number }
  | OpenForm
  /** 稍后: the form waits for its answer or for something else. */
  | { readonly kind: 'resting'; readonly open: OpenForm }
  /** After a long silence: go on with the form or not? `words` is what was said meanwhile. */
  | { readonly kind: 'reminding'; readonly open: OpenForm; readonly words: string }
  | {
      readonly kind: 'browsingCases';
      /** Why they are looked at: to see how they stand, or to do one thing with one of them. */
      readonly want: 'progress' | 'correction' | 'reminder' | 'reopening';
      readonly cases: readonly CaseLine[];
      /** Listed before the cases. */
      readonly bookings?: readonly BookingLine[];
      /** Index of the case on view; null while the list is. */
      readonly open: number | null;
      readonly withdrawing: boolean;
      /** The case on view is not solved: the next words say why. */
      readonly reopening?: true;
    }
  /** Free times of a service, a digit books one; behind them those that are full, for which one can wait. */
  | {
      readonly kind: 'choosingSlot';
      readonly entryId: string;
      readonly slots: readonly Choice[];
      readonly full?: readonly Choice[];
      /** Asked for just now. */
      readonly chosen?: Choice;
      /** How many come, and in whose name. */
      readonly party?: number;
      readonly onBehalfOf?: string;
    }
  /** 代约: waits for a name, then for the word that they agree. */
  | {
      readonly kind: 'bookingFor';
      readonly choosing: Extract<Mode, { kind: 'choosingSlot' }>;
      readonly name: string | null;
    }
  /** Somebody else was quicker: wait for a seat, or look at other times. */
  | { readonly kind: 'slotFull'; readonly entryId: string; readonly slot: Choice; readonly party?: number }
  | { readonly kind: 'waitOpen'; readonly waitId: string }
  | { readonly kind: 'bookingOpen'; readonly booking: BookingLine; readonly cancelling: boolean }
  /** Other times for a booking. */
  | { readonly kind: 'movingBooking'; readonly booking: BookingLine; readonly slots: readonly Choice[] }
  /** 签到: waits for where the resident is. */
  | { readonly kind: 'arriving' }
  | { readonly kind: 'ratingOpen'; readonly reminded: boolean }
  | { readonly kind: 'afterBadRating'; readonly serviceEventId: string }
  | { readonly kind: 'withHuman'; readonly reason: HandOverReason; readonly acknowledged: boolean };

/** A picture or place sent before saying what it is about. */
export interface Kept {
  readonly mediaIds: readonly string[];
  readonly place: Place | null;
  /** ISO instant. */
  readonly until: string;
}

/** 会话: everything Linli remembers of one resident on one channel between two messages. Plain JSON. */
export interface Conversation {
  /** Version of this shape; another is not read. */
  readonly shape: 1;
  readonly mode: Mode;
  /** In a row: not understood, or refused by a check. */
  readonly wrongAnswers: number;
  /** Where the resident said they live. */
  readonly subdistrictId?: string;
  readonly ratingsWaiting: readonly RatingRequest[];
  /** The one rating question that stands open, with mode `ratingOpen`. */
  readonly askedRating?: RatingRequest;
  /** Asked and left unanswered; 「评价」 brings the last one back. */
  readonly ratingsPassed: readonly RatingRequest[];
  /** Forms set aside, the latest last. */
  readonly parked: readonly OpenForm[];
  /** Further wishes of one message, offered when the first is dealt with. */
  readonly alsoWanted: readonly Choice[];
  readonly kept: Kept | null;
  /** The last need in free words, for an officer who takes over. */
  readonly lastWords: string;
  /** ISO instant of the last message. */
  readonly lastAt: string | null;
}

export const idle: Mode = { kind: 'idle' };
const parkedLimit = 3;
const ratingLimit = 20;

/** A conversation with somebody who has not said anything yet. */
export function newConversation(): Conversation {
  return {
    shape: 1,
    mode: idle,
    wrongAnswers: 0,
    ratingsWaiting: [],
    ratingsPassed: [],
    parked: [],
    alsoWanted: [],
    kept: null,
    lastWords: '',
    lastAt: null,
  };
}

/** A conversation from its JSON; one of another shape begins anew. */
export function readConversation(json: string): Conversation {
  const read = JSON.parse(json) as Partial<Conversation> | null;
  return read?.shape === newConversation().shape ? (read as Conversation) : newConversation();
}

/** The form that is open or rests, if any. */
export function openForm(mode: Mode): OpenForm | null {
  switch (mode.kind) {
    case 'filling':
    case 'confirming':
    case 'reporting':
    case 'correcting':
      return mode;
    case 'resting':
    case 'reminding':
      return mode.open;
    default:
      return null;
  }
}

/** Closes whatever is open: a form is parked, a rating question passed, a list dropped. */
export function setAside(conversation: Conversation): Conversation {
  const form = openForm(conversation.mode);
  const { askedRating, ...rest } = conversation;
  return {
    ...rest,
    mode: idle,
    parked: form ? [...conversation.parked, form].slice(-parkedLimit) : conversation.parked,
    ratingsPassed: askedRating ? withRating(conversation.ratingsPassed, askedRating) : conversation.ratingsPassed,
  };
}

/** Ends whatever is open and keeps nothing of it, except that an open rating question counts as passed. */
export function endOpen(conversation: Conversation): Conversation {
  return { ...setAside(conversation), parked: conversation.parked };
}

/** The list with that service at its end, once. */
export function withRating(list: readonly RatingRequest[], request: RatingRequest): RatingRequest[] {
  return [...withoutRating(list, request.serviceEventId), request].slice(-ratingLimit);
}

export function withoutRating(list: readonly RatingRequest[], serviceEventId: string): RatingRequest[] {
  return list.filter((one) => one.serviceEventId !== serviceEventId);
}
