import { refusalKinds, type RefusalCode, type RefusalKind } from './refusal-codes';

/** One field or line that was refused, and why, in words its sender can act on. */
export interface RefusalDetail {
  /** A field path (`applicant.phone`) or a position in a file (`line 12, column limit`). */
  readonly at: string;
  readonly problem: string;
}

/**
 * A request the product understands and declines. Thrown, never returned: a returned refusal would commit.
 * Two doors translate it: problem+json over HTTP and a Chinese sentence in chat. Anything else thrown is a bug.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind;

  constructor(
    readonly code: RefusalCode,
    readonly errors: readonly RefusalDetail[] = [],
  ) {
    super(code);
    this.name = 'Refusal';
    this.kind = refusalKinds[code];
  }
}
