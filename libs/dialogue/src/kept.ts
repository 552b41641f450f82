import type { Conversation, Kept } from './conversation';
import type { World } from './world';

/** A picture or place sent before saying what it is about, while it still counts. */
export function keptNow({ kept }: Conversation, world: World): Kept | null {
  return kept !== null && Date.parse(kept.until) > world.now.getTime() ? kept : null;
}

/** Where the resident said a moment ago that they are. */
export function keptPoint(
  conversation: Conversation,
  world: World,
): { readonly lat: number; readonly lng: number } | null {
  const place = keptNow(conversation, world)?.place;
  return place?.lat === undefined || place.lng === undefined ? null : { lat: place.lat, lng: place.lng };
}
