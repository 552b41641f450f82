import type { SlotChoice } from '@linli/contracts';
import { commandOf } from './commands';
import { endOpen, type BookingLine, type Conversation, type Mode } from './conversation';
import { ordinalOf } from './digits';
import { miss } from './officer';
import { ask, say, type Step } from './step';
import { isJustTime, wantedTime, type WantedTime } from './wanted-time';
import type { World } from './world';
import * as words from './booking-words';
import { notOnList } from './words';

type Moving = Extract<Mode, { kind: 'movingBooking' }>;

const shown = 6;

/** 改期: asks for other times of a booking. */
export function askMoves(conversation: Conversation, { id }: BookingLine, within: WantedTime | null): Step {
  return ask(conversation, { kind: 'listMoves', id, ...(within === null ? {} : { within }) });
}

/** Shows the times a booking can be moved to; it stays where it is until one is chosen. */
export function showMoves(
  conversation: Conversation,
  booking: BookingLine,
  { items, missed = false }: { readonly items: readonly SlotChoice[]; readonly missed?: boolean },
  world: World,
): Step {
  if (items.length === 0)
    return say(
      { ...endOpen(conversation), mode: { kind: 'bookingOpen', booking, cancelling: false } },
      words.noOtherTime,
    );
  const slots = items.slice(0, shown).map((slot) => ({ id: slot.slotId, name: words.slotName(slot, world.today) }));
  const mode: Moving = { kind: 'movingBooking', booking, slots };
  const names = [...slots.map((one) => one.name), words.stay];
  return say({ ...endOpen(conversation), mode }, words.moves(booking, names, missed, world.today));
}

/** What words do to the times a booking can be moved to; null when they mean something else. */
export function hearMoves(conversation: Conversation, mode: Moving, text: string, world: World): Step | null {
  const { booking, slots } = mode;
  const within = isJustTime(text) ? wantedTime(text, world.today, world.now) : null;
  if (within) return askMoves(conversation, booking, within);
  const place = ordinalOf(text);
  const slot = place === null ? undefined : slots[place - 1];
  if (slot) return ask(conversation, { kind: 'moveBooking', id: booking.id, slotId: slot.id });
  const command = commandOf(text);
  if (place === slots.length + 1 || text === words.stay || command === 'back' || command === 'cancel')
    return say(endOpen(conversation), words.stays);
  return place === null ? null : miss(conversation, notOnList(slots.length + 1), text);
}
