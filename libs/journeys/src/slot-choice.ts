import type { SlotChoice } from '@linli/contracts';

/** A time at a place as a conversation offers it. */
export function choiceOf(
  { id, start, end, free }: Pick<SlotChoice, 'start' | 'end' | 'free'> & { readonly id: string },
  placeName: string,
): SlotChoice {
  return { slotId: id, placeName, start, end, free };
}
