import type { BookingSummary, SlotChoice, WaitSummary } from './booking';
import type { Applicant, CaseSummary, Place } from './casework';
import type { RefusalCode, RefusalDetail } from '@linli/kernel';
import type { Grade } from './rating';

/** What a turn of the conversation asks the house to do, in the transaction of the turn. */
export type Intent =
  | {
      readonly kind: 'openCase';
      readonly entryId: string;
      readonly subdistrictId: string;
      readonly applicant: Applicant;
      readonly answers: Readonly<Record<string, string>>;
      readonly mediaIds: readonly string[];
    }
  | {
      readonly kind: 'openReport';
      readonly entryId: string;
      readonly subdistrictId: string;
      readonly text: string;
      readonly place?: Place;
      readonly mediaIds: readonly string[];
    }
  | {
      readonly kind: 'correctCase';
      readonly number: string;
      readonly text: string;
      readonly mediaIds: readonly string[];
    }
  | { readonly kind: 'withdrawCase'; readonly number: string }
  /** 催办. */
  | { readonly kind: 'remindCase'; readonly number: string }
  /** 重办: the resident says it is not solved, and why. */
  | { readonly kind: 'reopenCase'; readonly number: string; readonly reason: string }
  | { readonly kind: 'listCases' }
  /** The next free times of a service near the resident: near a point (GCJ-02) they sent, within a span they wish for. */
  | {
      readonly kind: 'listSlots';
      readonly serviceId: string;
      readonly near?: { readonly lat: number; readonly lng: number };
      readonly within?: { readonly from: Date; readonly to: Date };
      /** How many come; one when left out. */
      readonly party?: number;
    }
  /** `onBehalfOf`: the name of whoever comes, who agreed. */
  | { readonly kind: 'bookSlot'; readonly slotId: string; readonly party?: number; readonly onBehalfOf?: string }
  /** Who answers for a matter, where the resident lives or at a point (GCJ-02) they sent. */
  | {
      readonly kind: 'whoHandles';
      readonly entryId: string;
      readonly subdistrictId: string | null;
      readonly spot?: { readonly lat: number; readonly lng: number };
    }
  | { readonly kind: 'cancelBooking'; readonly id: string }
  /** The seat that is kept for one who waited. */
  | { readonly kind: 'acceptOffer' }
  /** Other free times for a booking, those within a span when one is wished for. */
  | {
      readonly kind: 'listMoves';
      readonly id: string;
      readonly within?: { readonly from: Date; readonly to: Date };
    }
  | { readonly kind: 'moveBooking'; readonly id: string; readonly slotId: string }
  | { readonly kind: 'joinWaitlist'; readonly slotId: string; readonly party?: number }
  /** Gives up waiting; without an id for what comes soonest. */
  | { readonly kind: 'leaveWaitlist'; readonly id?: string }
  /** 签到: the resident is at a point (GCJ-02), or has the code of a place before them. */
  | {
      readonly kind: 'arrive';
      readonly spot?: { readonly lat: number; readonly lng: number };
      readonly placeId?: string;
    }
  | { readonly kind: 'rate'; readonly serviceEventId: string; readonly grade: Grade }
  | { readonly kind: 'addToRating'; readonly serviceEventId: string; readonly text: string }
  | { readonly kind: 'handOver'; readonly reason: HandOverReason; readonly lastWords: string }
  /** Words for the officer who took the conversation over. */
  | { readonly kind: 'passOn'; readonly text: string; readonly mediaIds: readonly string[] }
  /** The resident wants Linli back instead of an officer. */
  | { readonly kind: 'takeBack' };

export type HandOverReason = 'asked' | 'threeWrongAnswers' | 'notUnderstood';

/** What became of an intent, for the conversation to put into words. */
export type Outcome =
  | { readonly kind: 'caseOpened'; readonly summary: CaseSummary; readonly toBring: readonly string[] }
  | { readonly kind: 'corrected'; readonly number: string }
  | { readonly kind: 'withdrawn'; readonly number: string }
  | { readonly kind: 'reminded'; readonly number: string }
  | { readonly kind: 'reopened'; readonly number: string; readonly dueOn: string }
  | {
      readonly kind: 'cases';
      readonly items: readonly CaseSummary[];
      readonly more: boolean;
      /** What the resident still has to come to, soonest first. */
      readonly bookings?: readonly BookingSummary[];
      /** What they wait for, soonest first. */
      readonly waits?: readonly WaitSummary[];
    }
  /** `missed`: none within the span that was wished for, so that these are others. */
  | {
      readonly kind: 'slots';
      readonly serviceId: string;
      readonly items: readonly SlotChoice[];
      readonly missed?: boolean;
      /** Times without a seat for which one can wait. */
      readonly full?: readonly SlotChoice[];
    }
  /** `missed` as above. */
  | {
      readonly kind: 'moves';
      readonly booking: BookingSummary;
      readonly items: readonly SlotChoice[];
      readonly missed?: boolean;
    }
  | { readonly kind: 'bookingMoved'; readonly booking: BookingSummary }
  | { readonly kind: 'waiting'; readonly wait: WaitSummary }
  /** Null: there was nothing they waited for. */
  | { readonly kind: 'leftWaitlist'; readonly wait: WaitSummary | null }
  | { readonly kind: 'arrived'; readonly booking: BookingSummary }
  | { readonly kind: 'booked'; readonly booking: BookingSummary }
  | { readonly kind: 'bookingCancelled'; readonly number: string }
  | { readonly kind: 'noOffer' }
  | {
      readonly kind: 'handler';
      readonly entryId: string;
      /** Who, and by which record; null while nobody knows where. */
      readonly sentence: string | null;
      readonly phone: string | null;
      /** Why nearer ones may not. */
      readonly passedOver: readonly string[];
    }
  | { readonly kind: 'rated'; readonly serviceEventId: string; readonly grade: Grade }
  | { readonly kind: 'addedToRating' }
  | { readonly kind: 'handedOver'; readonly phone: string; readonly staffedNow: boolean; readonly hours: string }
  | { readonly kind: 'passedOn' }
  | { readonly kind: 'tookBack' }
  | {
      readonly kind: 'refused';
      readonly code: RefusalCode;
      readonly words: string;
      readonly errors: readonly RefusalDetail[];
    };
