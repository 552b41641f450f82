import type { BookingSummary, SlotChoice } from '@linli/contracts';
import { commandOf, yesOrNo } from './commands';
import { endOpen, type BookingLine, type Conversation, type Mode } from './conversation';
import { ordinalOf, pick } from './digits';
import { listSlots } from './slot-wishes';
import { miss } from './officer';
import { overview } from './reading';
import { ask, quietly, say, type Step } from './step';
import { isJustTime, wantedTime } from './wanted-time';
import type { World } from './world';
import * as words from './booking-words';
import { closed, entryGone, notOnList } from './words';

type Choosing = Extract<Mode, { kind: 'choosingSlot' }>;
type Open = Extract<Mode, { kind: 'bookingOpen' }>;

const shown = 6;

/** Shows the free times that were asked for; without any, the service alone. */
export function showSlots(
  conversation: Conversation,
  { serviceId, items, missed = false }: { serviceId: string; items: readonly SlotChoice[]; missed?: boolean },
  world: World,
): Step {
  const entry = world.entry(serviceId);
  if (!entry) return quietly(say(endOpen(conversation), entryGone(world.hotline)));
  if (items.length === 0) return overview(conversation, entry, world);
  const slots = items.slice(0, shown).map((slot) => ({ id: slot.slotId, name: words.slotName(slot, world.today) }));
  const mode: Choosing = { kind: 'choosingSlot', entryId: serviceId, slots };
  return say(
    { ...conversation, mode },
    words.slots(entry.name, [...slots.map((one) => one.name), words.readOnly], missed),
  );
}

/** What words do to a list of times; null when they mean something else. */
export function hearSlots(conversation: Conversation, mode: Choosing, text: string, world: World): Step | null {
  if (isJustTime(text) && wantedTime(text, world.today, world.now))
    return listSlots(conversation, mode.entryId, text, world);
  const place = ordinalOf(text);
  const slot = place === null ? undefined : mode.slots[place - 1];
  if (slot) return ask(conversation, { kind: 'bookSlot', slotId: slot.id });
  const entry = world.entry(mode.entryId);
  if (entry && (place === mode.slots.length + 1 || text === words.readOnly))
    return overview(conversation, entry, world);
  if (commandOf(text) === 'back') return say(endOpen(conversation), closed);
  return place === null ? null : miss(conversation, notOnList(mode.slots.length + 1), text);
}

/** A booking as the conversation keeps it. */
export function bookingLine({ id, number, title, placeName, start, end }: BookingSummary): BookingLine {
  return { id, number, title, placeName, start: start.toISOString(), end: end.toISOString() };
}

/** Says what was booked; 取消 now means this booking. */
export function booked(conversation: Conversation, booking: BookingSummary, world: World): Step {
  const line = bookingLine(booking);
  const mode: Open = { kind: 'bookingOpen', booking: line, cancelling: false };
  return say({ ...endOpen(conversation), mode }, words.booked(line, world.today));
}

/** Shows one booking with what can be done about it. */
export function openBooking(conversation: Conversation, booking: BookingLine, world: World): Step {
  const mode: Open = { kind: 'bookingOpen', booking, cancelling: false };
  return say({ ...conversation, mode }, words.one(booking, world.today));
}

/** What words do while a booking is on view; null when they mean something else. */
export function hearBooking(conversation: Conversation, mode: Open, text: string, world: World): Step | null {
  const command = commandOf(text);
  if (mode.cancelling) return sure(conversation, mode, text, world);
  const chosen = pick(text, words.options);
  if (command === 'cancel' || chosen === 0)
    return say({ ...conversation, mode: { ...mode, cancelling: true } }, words.sureToCancel(mode.booking, world.today));
  if (command === 'back' || chosen === 1) return say(endOpen(conversation), closed);
  return ordinalOf(text) === null ? null : miss(conversation, notOnList(words.options.length), text);
}

function sure(conversation: Conversation, mode: Open, text: string, world: World): Step | null {
  const chosen = pick(text, words.cancelChoices);
  const agreed = commandOf(text) === 'cancel' || (chosen === null ? yesOrNo(text) : chosen === 0);
  if (agreed === true) return ask(conversation, { kind: 'cancelBooking', id: mode.booking.id });
  if (agreed === false || commandOf(text) === 'back') return say(endOpen(conversation), words.notCancelled);
  return ordinalOf(text) === null ? null : miss(conversation, words.sureToCancel(mode.booking, world.today), text);
}
