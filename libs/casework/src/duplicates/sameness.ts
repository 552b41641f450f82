import type { Place } from '@linli/contracts';

/** 同一地点: reports of one matter this near to each other are taken for one. */
export const sameWithinMeters = 100;

/** Cells at least as wide as that anywhere in the country (to 53.5° north), so that a cell's neighbours hold all that is near. */
const cellLat = 0.001;
const cellLng = 0.0016;
const shortestWords = 4;
const metersPerDegree = 111_320;

/** What a report is found again by: the cell it lies in, and what was written. */
export interface Traces {
  readonly cell: string | null;
  /** The cell and those around it. */
  readonly near: readonly string[];
  readonly words: readonly string[];
}

/** The traces of a report. */
export function tracesOf({ place, text }: { readonly place: Place | null; readonly text: string | null }): Traces {
  const words = [place?.words, text].flatMap((one) => plain(one ?? '')).map((one) => `words:${one}`);
  if (place?.lat === undefined || place.lng === undefined) return { cell: null, near: [], words };
  const row = Math.floor(place.lat / cellLat);
  const column = Math.floor(place.lng / cellLng);
  const steps = [-1, 0, 1];
  const near = steps.flatMap((up) => steps.map((right) => `cell:${row + up}:${column + right}`));
  return { cell: `cell:${row}:${column}`, near, words };
}

/** Words without what people write differently; too short ones say nothing. */
function plain(words: string): string[] {
  const kept = words.replace(/[\s\p{P}\p{S}]/gu, '').toLowerCase();
  return Array.from(kept).length >= shortestWords ? [kept] : [];
}

/** Whether two places lie within the same hundred metres. */
export function isNear(one: Place | null, other: Place | null): boolean {
  if (one?.lat === undefined || one.lng === undefined) return false;
  if (other?.lat === undefined || other.lng === undefined) return false;
  const north = (one.lat - other.lat) * metersPerDegree;
  const east = (one.lng - other.lng) * metersPerDegree * Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(north, east) <= sameWithinMeters;
}
