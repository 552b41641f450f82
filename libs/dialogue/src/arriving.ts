import type { BookingSummary } from '@linli/contracts';
import { endOpen, setAside, type Conversation } from './conversation';
import { keptPoint } from './kept';
import { ask, quietly, say, type Step } from './step';
import type { World } from './world';
import * as words from './booking-words';

/** What the code at a place says when it is scanned: `arrive.<place>`. */
const code = /^arrive\.([A-Za-z0-9_.:@-]{1,200})$/;

/** 签到: by where the resident was a moment ago, else asks where they are. */
export function askToArrive(conversation: Conversation, world: World): Step {
  const spot = keptPoint(conversation, world);
  if (spot) return ask({ ...setAside(conversation), kept: null }, { kind: 'arrive', spot });
  return say({ ...setAside(conversation), mode: { kind: 'arriving' } }, words.whereAreYou);
}

/** The place that was sent to check in with: it is used and forgotten. */
export function arriveAt(conversation: Conversation, lat: number, lng: number): Step {
  if (!Number.isFinite(lat) || !Number.isFinite(lng)) return quietly(say(conversation, words.whereAreYou));
  return ask(conversation, { kind: 'arrive', spot: { lat, lng } });
}

/** A code was scanned; null when it is not a place's. */
export function arriveByCode(conversation: Conversation, scene: string | undefined): Step | null {
  const placeId = code.exec(scene ?? '')?.[1];
  return placeId === undefined ? null : ask(setAside(conversation), { kind: 'arrive', placeId });
}

export function arrived(conversation: Conversation, { title, placeName, start, end }: BookingSummary): Step {
  return say(endOpen(conversation), words.arrived(title, placeName, start, end));
}
