import type { Bubble, Outgoing } from './simulator';

/** A bubble with a key that stays unique when the simulator starts counting anew. */
export interface ShownBubble extends Bubble {
  readonly key: string;
}

/** One line of the log and what can be done with it. */
export interface LogRow {
  readonly bubble: ShownBubble;
  readonly side: 'resident' | 'account' | 'platform';
  /** Whether the time stands above it: at the start, and after a pause. */
  readonly showsTime: boolean;
  /** Whether its numbered choices still answer the question that was asked last. */
  readonly choosable: boolean;
  /** Whether the failed push can be sent once more. */
  readonly retriable: boolean;
}

const pauseMs = 5 * 60_000;

/**
 * The log as shown. A digit answers the question asked last, so choices stand open only until the account has
 * answered something newer; of repeated failures of one message only the latest stays.
 */
export function logRows(bubbles: readonly ShownBubble[]): LogRow[] {
  const shown = bubbles.filter((bubble, index) => !isRepeatedFailure(bubbles, bubble, index));
  const openFrom = openQuestionFrom(shown);
  return shown.map((bubble, index) => {
    const earlier = shown[index - 1];
    const side = sideOf(bubble);
    return {
      bubble,
      side,
      showsTime: earlier === undefined || Date.parse(bubble.at) - Date.parse(earlier.at) >= pauseMs,
      choosable: side === 'account' && index >= openFrom,
      retriable: side === 'platform' && !shown.slice(index + 1).some((later) => sideOf(later) === 'account'),
    };
  });
}

/** The message a failed push carried; null for a push that shows no bubble, such as following. */
export function failedMessage(bubbles: readonly ShownBubble[], failure: ShownBubble): Outgoing | null {
  const content = bubbles.findLast((one) => one.way === 'push' && one.msgId === failure.msgId)?.content;
  switch (content?.type) {
    case 'text':
      return { type: 'text', text: content.text };
    case 'image':
      return { type: 'image', mediaId: content.mediaId };
    case 'location':
      return { type: 'location', lat: content.lat, lng: content.lng, label: content.label };
    default:
      return null;
  }
}

function isRepeatedFailure(bubbles: readonly ShownBubble[], bubble: ShownBubble, index: number): boolean {
  if (bubble.way !== 'failure') return false;
  return bubbles.slice(index + 1).some((later) => later.way === 'failure' && later.msgId === bubble.msgId);
}

/** Where the account's newest answers begin: after the resident's last message that was answered. */
function openQuestionFrom(bubbles: readonly ShownBubble[]): number {
  const lastAnswer = bubbles.findLastIndex((bubble) => sideOf(bubble) === 'account');
  return bubbles.findLastIndex((bubble, index) => index < lastAnswer && bubble.way === 'push') + 1;
}

function sideOf(bubble: Bubble): LogRow['side'] {
  if (bubble.way === 'push') return 'resident';
  return bubble.way === 'failure' ? 'platform' : 'account';
}
