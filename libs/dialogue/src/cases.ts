import { localDate } from '@linli/kernel';
import type { CaseState, CaseSummary, Outcome } from '@linli/contracts';
import { bookingLine, openBooking } from './booking';
import { commandOf, yesOrNo } from './commands';
import { endOpen, idle, setAside, type CaseLine, type Conversation, type Mode } from './conversation';
import { beginCorrection } from './correcting';
import { ordinalOf, pick } from './digits';
import { mentioningParked } from './form-name';
import { miss } from './officer';
import { ask, led, say, type Step } from './step';
import type { World } from './world';
import { bookingInShort, plainBookings } from './booking-words';
import * as words from './case-words';
import { listOnly } from './officer-words';
import { waitsListed } from './wait-words';
import { closed } from './words';

type Browsing = Extract<Mode, { kind: 'browsingCases' }>;
type Option = keyof typeof words.optionNames;

type Errand = Exclude<Browsing['want'], 'progress'>;

const listLimit = 9;
const bookingLimit = 4;
const withdrawable: ReadonlySet<CaseState> = new Set<CaseState>([
  'submitted',
  'awaitingCorrection',
  'accepted',
  'inHandling',
  'suspended',
]);

/** Where a reminder has somebody to reach: neither with the resident, nor standing still. */
const remindable: ReadonlySet<CaseState> = new Set<CaseState>(['submitted', 'accepted', 'inHandling', 'decided']);
const reasonShortest = 2;
const reasonLongest = 500;

const fits: Readonly<Record<Errand, (state: CaseState) => boolean>> = {
  correction: (state) => state === 'awaitingCorrection',
  reminder: (state) => remindable.has(state),
  reopening: (state) => state === 'closed',
};

/** Asks for the resident's cases; a form that is open is kept. */
export function askForCases(conversation: Conversation, want: Browsing['want']): Step {
  const mode: Browsing = { kind: 'browsingCases', want, cases: [], open: null, withdrawing: false };
  return ask({ ...setAside(conversation), mode }, { kind: 'listCases' });
}

/** A case as the list keeps it. */
export function caseLine(summary: CaseSummary): CaseLine {
  const { submittedAt, ...rest } = summary;
  return { ...rest, submittedOn: localDate(submittedAt) };
}

/** Shows the cases that were asked for. */
export function showCases(
  conversation: Conversation,
  { items, more, bookings: coming = [], waits = [] }: Extract<Outcome, { kind: 'cases' }>,
  world: World,
): Step {
  const bookings = coming.slice(0, bookingLimit).map(bookingLine);
  const cases = items.slice(0, listLimit - bookings.length).map(caseLine);
  const { mode } = conversation;
  if (mode.kind === 'withHuman') {
    const listed = [
      ...(bookings.length > 0 ? [plainBookings(bookings)] : []),
      ...(cases.length > 0 ? [words.plainList(cases)] : []),
    ];
    return say(conversation, listed.length === 0 ? words.noCases : [...listed, listOnly].join('\n'));
  }
  if (mode.kind === 'browsingCases' && mode.want !== 'progress') return choose(conversation, mode.want, cases, world);
  const waited = waits.length === 0 ? [] : [waitsListed(waits, world.today)];
  if (cases.length + bookings.length === 0) return say({ ...conversation, mode: idle }, waited[0] ?? words.noCases);
  const browsing: Browsing = {
    kind: 'browsingCases',
    want: 'progress',
    cases,
    bookings,
    open: null,
    withdrawing: false,
  };
  return mentioningParked(
    say({ ...conversation, mode: browsing }, ...waited, listOf(browsing, more || items.length > cases.length, world)),
  );
}

/** Bookings and cases under one row of numbers. */
function listOf({ bookings = [], cases }: Browsing, more: boolean, world: World): string {
  return words.list(
    cases,
    more,
    world.hotline,
    bookings.map((one) => bookingInShort(one, world.today)),
  );
}

/** The one case something is to be done with, or which of several. */
function choose(conversation: Conversation, want: Errand, cases: readonly CaseLine[], world: World): Step {
  const fitting = cases.filter((one) => fits[want](one.state));
  const [only] = fitting;
  if (!only) return say({ ...conversation, mode: idle }, words.errands[want].none);
  const mode: Browsing = { kind: 'browsingCases', want, cases: fitting, open: null, withdrawing: false };
  // What was just looked up asks for nothing more in the same turn, so the one case is shown first.
  if (fitting.length === 1 && want === 'reminder') return led(words.remindThis, open(conversation, mode, 0, world));
  if (fitting.length === 1) return begin(conversation, mode, only, want, world);
  return say({ ...conversation, mode }, words.whichCase(words.errands[want].which, fitting));
}

function begin(conversation: Conversation, mode: Browsing, kase: CaseLine, want: Errand, world: World): Step {
  switch (want) {
    case 'correction':
      return beginCorrection(conversation, kase, world);
    case 'reminder':
      return ask({ ...conversation, mode }, { kind: 'remindCase', number: kase.number });
    case 'reopening': {
      const asking: Browsing = { ...mode, open: mode.cases.indexOf(kase), reopening: true };
      return say({ ...conversation, mode: asking }, words.whyReopen(kase));
    }
  }
}

/** What words do while cases are looked at; null when they mean something else. */
export function hearBrowsing(conversation: Conversation, mode: Browsing, text: string, world: World): Step | null {
  const kase = mode.open === null ? undefined : mode.cases[mode.open];
  if (!kase) return fromList(conversation, mode, text, world);
  if (mode.reopening) return why(conversation, mode, kase, text, world);
  return mode.withdrawing
    ? sure(conversation, mode, kase, text, world)
    : fromOne(conversation, mode, kase, text, world);
}

function fromList(conversation: Conversation, mode: Browsing, text: string, world: World): Step | null {
  const bookings = mode.bookings ?? [];
  const chosen = pick(
    text,
    [...bookings, ...mode.cases].map((one) => one.title),
  );
  const booking = chosen === null ? undefined : bookings[chosen];
  if (booking) return openBooking(conversation, booking, world);
  const kase = chosen === null ? undefined : mode.cases[chosen - bookings.length];
  if (kase && mode.want !== 'progress') return begin(conversation, mode, kase, mode.want, world);
  if (kase) return open(conversation, mode, mode.cases.indexOf(kase), world);
  if (commandOf(text) === 'back') return say(endOpen(conversation), closed);
  const listed = bookings.length + mode.cases.length;
  if (ordinalOf(text) === null || listed === 0) return null;
  return miss(conversation, words.notOnList(listed, world.hotline), text);
}

function open(conversation: Conversation, mode: Browsing, at: number, world: World): Step {
  const kase = mode.cases[at];
  if (!kase) return say(conversation);
  const { reopening: _asked, ...rest } = mode;
  const browsing: Browsing = { ...rest, open: at, withdrawing: false };
  return say(
    { ...conversation, mode: browsing },
    words.one(
      kase,
      optionsOf(kase, mode.want).map((option) => words.optionNames[option]),
      world.today,
      world.hotline,
    ),
  );
}

/** What the resident came for stands first. */
function optionsOf(kase: CaseLine, want: Browsing['want']): Option[] {
  const remind = fits.reminder(kase.state) ? (['remind'] as const) : [];
  const first = want === 'reminder';
  return [
    ...(first ? remind : []),
    ...(kase.state === 'awaitingCorrection' ? (['correct'] as const) : []),
    ...(withdrawable.has(kase.state) ? (['withdraw'] as const) : []),
    ...(first ? [] : remind),
    ...(fits.reopening(kase.state) ? (['reopen'] as const) : []),
    'back',
  ];
}

function fromOne(conversation: Conversation, mode: Browsing, kase: CaseLine, text: string, world: World): Step | null {
  const options = optionsOf(kase, mode.want);
  const command = commandOf(text);
  const chosen =
    command === 'correct' || command === 'back' || command === 'remind' || command === 'reopen'
      ? options.find((option) => option === command)
      : options[
          pick(
            text,
            options.map((option) => words.optionNames[option]),
          ) ?? -1
        ];
  switch (chosen) {
    case 'correct':
      return beginCorrection(conversation, kase, world);
    case 'withdraw':
      return say({ ...conversation, mode: { ...mode, withdrawing: true } }, words.sureToWithdraw(kase));
    case 'remind':
      return begin(conversation, mode, kase, 'reminder', world);
    case 'reopen':
      return begin(conversation, mode, kase, 'reopening', world);
    case 'back':
      return say({ ...conversation, mode: { ...mode, open: null } }, listOf(mode, false, world));
    default:
      if (ordinalOf(text) === null) return null;
      return miss(conversation, words.notOnList(options.length, world.hotline), text);
  }
}

function sure(conversation: Conversation, mode: Browsing, kase: CaseLine, text: string, world: World): Step | null {
  const chosen = pick(text, words.withdrawChoices);
  const agreed = chosen === null ? yesOrNo(text) : chosen === 0;
  if (agreed === true) return ask(conversation, { kind: 'withdrawCase', number: kase.number });
  if (agreed === false || commandOf(text) === 'back')
    return led(words.notWithdrawn, open(conversation, mode, mode.open ?? 0, world));
  return ordinalOf(text) === null ? null : miss(conversation, words.sureToWithdraw(kase), text);
}

/** Why a closed case is to be taken up again; 「返回」 or a no leaves it closed. */
function why(conversation: Conversation, mode: Browsing, kase: CaseLine, text: string, world: World): Step {
  if (commandOf(text) === 'back' || yesOrNo(text) === false) return open(conversation, mode, mode.open ?? 0, world);
  if (text.length > reasonLongest) return say(conversation, words.reasonTooLong);
  if (text.length < reasonShortest || ordinalOf(text) !== null || commandOf(text) === 'reopen')
    return miss(conversation, words.reasonTooShort, text);
  return ask(conversation, { kind: 'reopenCase', number: kase.number, reason: text });
}
