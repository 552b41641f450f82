import type { InboundMessage } from '@linli/contracts';
import type { Contact } from '@linli/directory';
import { splitText } from '@linli/wechat';

const passiveLimitBytes = 2000;
/** What is heard in a conversation; everything else changes more than that, or nothing. */
export const conversing = new Set<InboundMessage['content']['kind']>([
  'text',
  'image',
  'voice',
  'video',
  'location',
  'link',
  'follow',
  'scan',
  'menuClick',
]);
export const troubleWords =
  '对不起，系统出了点问题，刚才那句话没能办成。请换个说法再发一次，或回复「人工」；急事请直接到党群服务中心窗口。';

/** Replies as one text when the platform takes it so, else the first part and the rest. */
export function firstPart(replies: readonly string[]): [string | null, readonly string[]] {
  if (replies.length === 0) return [null, []];
  const [first = '', ...rest] = splitText(replies.join('\n\n'), passiveLimitBytes);
  return [first, rest];
}

export function contactOf(message: InboundMessage): Contact {
  return ['follow', 'scan', 'menuClick'].includes(message.content.kind) ? 'menu' : 'message';
}

/** Neither PostgreSQL nor the network: something of this program is wrong. */
export function isOurFault(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError ||
    error instanceof SyntaxError
  );
}
