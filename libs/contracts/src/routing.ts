import type { EntryKind } from './guide';

export type RouteDecision = 'route' | 'clarify' | 'none' | 'emergency' | 'human';

export interface RouteCandidate {
  readonly id: string;
  readonly kind: EntryKind;
  readonly name: string;
  /** 0–1, comparable within one answer. */
  readonly score: number;
  /** In a few words why, in Chinese: `「瘫在床上」→ 长期护理`. */
  readonly reasons: readonly string[];
}

/** What was meant by a text: ranked candidates, or none / emergency / human. */
export interface RouteResult {
  readonly decision: RouteDecision;
  readonly candidates: readonly RouteCandidate[];
  /** Two or more wishes in one text, each with its own candidates. */
  readonly intents?: readonly { readonly text: string; readonly candidates: readonly RouteCandidate[] }[];
  /** With `emergency`: the number to call (110, 119, 120, 122) and what to do first. */
  readonly emergency?: { readonly call: string; readonly advice: string };
  /** With `clarify`, where a language model worded it: a question back to the resident, marked as made by one. */
  readonly question?: string;
}
