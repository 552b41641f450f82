import type { GivenAnswer } from '../../../libs/journeys/src/route-scoring';
import type { Document } from './document';

/** What an engine made of a text. A peer knows no `none`: how sure it is of its first stands in `score`. */
export interface Found {
  readonly ranked: readonly string[];
  /** Higher is surer; null where the engine decides by itself. */
  readonly score: number | null;
  /** The engine's own decision; null where it has none. */
  readonly decision: GivenAnswer['decision'] | null;
}

/** Asks a built engine. */
export type Ask = (text: string) => Found | Promise<Found>;

/** What an engine's builder is given besides the documents. */
export interface Surroundings {
  /** A database of the bench's own; null without one. */
  readonly databaseUrl: string | null;
}

export interface Usage {
  /** Resident, now. */
  readonly bytes: number;
  /** Processor time so far. */
  readonly cpuMs: number;
}

/** A built engine. */
export interface Built {
  readonly ask: Ask;
  /** Keeps what was learned; what it gives back makes the engine ready again from it. */
  readonly keep?: () => () => void;
  /** What is used outside this process, such as by a server. */
  readonly elsewhere?: () => Usage;
  readonly close?: () => Promise<void>;
}

/** Builds an engine over documents; loads its library only then, so that its weight is measured. */
export type Build = (documents: readonly Document[], around: Surroundings) => Promise<Built>;

/** How many entries a peer is asked for. */
export const wanted = 10;

/** A peer's answer: ids best first with the score of the first. */
export function foundOf(hits: readonly { readonly id: string; readonly score: number }[]): Found {
  return { ranked: hits.map(({ id }) => id), score: hits[0]?.score ?? Number.NEGATIVE_INFINITY, decision: null };
}

/** The best of several scores per entry, best first. */
export function bestPerEntry(
  hits: Iterable<{ readonly id: string; readonly score: number }>,
): { readonly id: string; readonly score: number }[] {
  const best = new Map<string, number>();
  for (const { id, score } of hits) if (score > (best.get(id) ?? Number.NEGATIVE_INFINITY)) best.set(id, score);
  return [...best]
    .map(([id, score]) => ({ id, score }))
    .sort((one, other) => other.score - one.score)
    .slice(0, wanted);
}
