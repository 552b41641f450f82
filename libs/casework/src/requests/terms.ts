import type { CaseDraft } from '@linli/contracts';
import type { Filing } from '../case';
import type { CaseworkLimits } from '../supervision/limits';
import { requestOf } from './request';

/** What holds for a case from the moment it is filed, as the rules of the place stand then. */
export type Terms = Pick<Filing, 'request' | 'silenceAccepts'>;

/**
 * The terms of a draft. Silence accepts licences everywhere (行政许可法 §32(4)); anything else where the local rule says so,
 * which is a setting.
 */
export function termsOf(draft: CaseDraft, limits: CaseworkLimits): Terms {
  const request = requestOf(draft, limits.requests);
  const accepts = limits.review.silenceAccepts === 'all' || draft.entry.implementation?.type === 'licence';
  return { ...(request && { request }), ...(accepts ? {} : { silenceAccepts: false }) };
}
