import type { BookingSummary, SlotChoice } from '@linli/contracts';
import { localDate } from '@linli/kernel';
import { askName, isForOther, partyIn } from './booking-for';
import { askMoves } from './booking-moves';
import { askToArrive } from './arriving';
import { commandOf, yesOrNo } from './commands';
import { endOpen, type BookingLine, type Choice, type Conversation, type Mode } from './conversation';
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
type Option = keyof typeof words.optionNames;

const shown = 6;
const fullShown = 2;

/** Shows the free times that were asked for, and the full ones one can wait for; without any, the service alone. */
export function showSlots(
  conversation: Conversation,
  {
    serviceId,
    items,
    missed = false,
    full = [],
  }: {
    serviceId: string;
    items: readonly SlotChoice[];
    missed?: boolean;
    full?: readonly SlotChoice[];
  },
  world: World,
): Step {
  const entry = world.entry(serviceId);
  if (!entry) return quietly(say(endOpen(conversation), entryGone(world.hotline)));
  if (items.length + full.length === 0) return overview(conversation, entry, world);
  const slots = items.slice(0, shown).map((slot) => ({ id: slot.slotId, name: words.slotName(slot, world.today) }));
  const waits = full
    .slice(0, fullShown)
    .map((slot) => ({ id: slot.slotId, name: words.fullSlotName(slot, world.today) }));
  const mode: Choosing = { kind: 'choosingSlot', entryId: serviceId, slots, full: waits, ...whoComes(conversation) };
  const names = [...slots, ...waits].map((one) => one.name);
  const how = items.length === 0 ? 'allFull' : missed ? 'missed' : 'free';
  return say({ ...conversation, mode }, words.slots(entry.name, [...names, words.readOnly], how));
}

/** How many come and in whose name holds for the next list as well. */
function whoComes({ mode }: Conversation): Pick<Choosing, 'party' | 'onBehalfOf'> {
  if (mode.kind !== 'choosingSlot') return {};
  const { party, onBehalfOf } = mode;
  return { ...(party === undefined ? {} : { party }), ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
}

/** What words do to a list of times; null when they mean something else. */
export function hearSlots(conversation: Conversation, mode: Choosing, text: string, world: World): Step | null {
  const { slots, full = [], entryId } = mode;
  if (isJustTime(text) && wantedTime(text, world.today, world.now))
    return listSlots(conversation, entryId, text, world);
  const party = partyIn(text);
  if (party !== null) return listSlots({ ...conversation, mode: { ...mode, party } }, entryId, '', world, party);
  if (isForOther(text)) return askName(conversation, mode);
  const place = ordinalOf(text);
  const slot = place === null ? undefined : slots[place - 1];
  if (slot)
    return ask(
      { ...conversation, mode: { ...mode, chosen: slot } },
      { kind: 'bookSlot', slotId: slot.id, ...whoComes(conversation) },
    );
  const wait = place === null ? undefined : full[place - slots.length - 1];
  if (wait) return ask(conversation, { kind: 'joinWaitlist', slotId: wait.id, ...partyOf(mode) });
  const entry = world.entry(entryId);
  const listed = slots.length + full.length;
  if (entry && (place === listed + 1 || text === words.readOnly)) return overview(conversation, entry, world);
  if (commandOf(text) === 'back') return say(endOpen(conversation), closed);
  return place === null ? null : miss(conversation, notOnList(listed + 1), text);
}

function partyOf({ party }: { readonly party?: number }): { readonly party?: number } {
  return party === undefined ? {} : { party };
}

/** The time was taken in this very moment: one can wait for it. */
export function taken(conversation: Conversation, { entryId, ...mode }: Choosing, slot: Choice): Step {
  return say({ ...conversation, mode: { kind: 'slotFull', entryId, slot, ...partyOf(mode) } }, words.justTaken);
}

/** What words do after a time was lost; null when they mean something else. */
export function hearTaken(
  conversation: Conversation,
  mode: Extract<Mode, { kind: 'slotFull' }>,
  text: string,
  world: World,
): Step | null {
  const { entryId, slot } = mode;
  const chosen = pick(text, words.takenChoices);
  if (chosen === 0) return ask(conversation, { kind: 'joinWaitlist', slotId: slot.id, ...partyOf(mode) });
  if (chosen === 1 || (isJustTime(text) && wantedTime(text, world.today, world.now)))
    return listSlots(conversation, entryId, chosen === 1 ? '' : text, world);
  if (commandOf(text) === 'back') return say(endOpen(conversation), closed);
  return ordinalOf(text) === null ? null : miss(conversation, notOnList(words.takenChoices.length), text);
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

/** Says where the booking was moved to; it stays on view. */
export function moved(conversation: Conversation, booking: BookingSummary, world: World): Step {
  const line = bookingLine(booking);
  const mode: Open = { kind: 'bookingOpen', booking: line, cancelling: false };
  return say({ ...endOpen(conversation), mode }, words.moved(line, world.today));
}

/** What can be done about a booking: checking in on its day alone. */
function optionsOf({ start }: BookingLine, world: World): Option[] {
  const today = localDate(new Date(start)) === world.today;
  return [...(today ? (['checkIn'] as const) : []), 'move', 'cancel', 'back'];
}

/** Shows one booking with what can be done about it. */
export function openBooking(conversation: Conversation, booking: BookingLine, world: World): Step {
  const mode: Open = { kind: 'bookingOpen', booking, cancelling: false };
  const names = optionsOf(booking, world).map((option) => words.optionNames[option]);
  return say({ ...conversation, mode }, words.one(booking, names, world.today));
}

/** What words do while a booking is on view; null when they mean something else. */
export function hearBooking(conversation: Conversation, mode: Open, text: string, world: World): Step | null {
  if (mode.cancelling) return sure(conversation, mode, text, world);
  const options = optionsOf(mode.booking, world);
  const command = commandOf(text);
  const chosen = pick(
    text,
    options.map((option) => words.optionNames[option]),
  );
  switch (chosen === null ? command : options[chosen]) {
    case 'checkIn':
      return askToArrive(conversation, world);
    case 'move':
      return askMoves(conversation, mode.booking, null);
    case 'cancel':
      return say(
        { ...conversation, mode: { ...mode, cancelling: true } },
        words.sureToCancel(mode.booking, world.today),
      );
    case 'back':
      return say(endOpen(conversation), closed);
    default:
      return ordinalOf(text) === null ? null : miss(conversation, notOnList(options.length), text);
  }
}

function sure(conversation: Conversation, mode: Open, text: string, world: World): Step | null {
  const chosen = pick(text, words.cancelChoices);
  const agreed = commandOf(text) === 'cancel' || (chosen === null ? yesOrNo(text) : chosen === 0);
  if (agreed === true) return ask(conversation, { kind: 'cancelBooking', id: mode.booking.id });
  if (agreed === false || commandOf(text) === 'back') return say(endOpen(conversation), words.notCancelled);
  return ordinalOf(text) === null ? null : miss(conversation, words.sureToCancel(mode.booking, world.today), text);
}
