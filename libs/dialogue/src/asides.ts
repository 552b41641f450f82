import type { InboundContent, Place } from '@linli/contracts';
import { arriveAt, arriveByCode } from './arriving';
import { commandOf, type Command } from './commands';
import { openForm, setAside, type Conversation, type Kept } from './conversation';
import { formName } from './form-name';
import { pictureInForm, placeInForm } from './forms';
import { heed } from './heeding';
import { keptNow } from './kept';
import { placeOf } from './reporting';
import { listSlots } from './slot-wishes';
import { quietly, say, type Step } from './step';
import type { World } from './world';
import { askWhoAt } from './who';
import { pictureLimit } from './form-words';
import * as nearWords from './near-words';
import * as words from './words';

/** A picture or place sent before saying what it is about is kept this long. */
const keptMinutes = 10;

const menuKeys: Readonly<Record<string, Command>> = { progress: 'progress', help: 'help', human: 'human' };

/** A message that is no text. */
export function hearAside(conversation: Conversation, content: InboundContent, world: World): Step {
  switch (content.kind) {
    case 'image':
      return hearPicture(conversation, content.mediaId, world);
    case 'scan':
    case 'follow':
      return arriveByCode(conversation, content.scene) ?? greet(conversation, world);
    case 'location':
      if (conversation.mode.kind === 'arriving') return arriveAt(conversation, content.lat, content.lng);
      return (
        whereItLies(conversation, content) ??
        hearPlace(conversation, placeOf(content.lat, content.lng, content.label), world)
      );
    case 'voice':
      return quietly(say(conversation, words.notHeard));
    case 'video':
    case 'link':
      return quietly(say(conversation, words.unreadable));
    case 'menuClick': {
      const command = Object.hasOwn(menuKeys, content.key) ? menuKeys[content.key] : commandOf(content.key);
      return heed(conversation, command ?? 'help', content.key, world) ?? greet(conversation, world);
    }
    default:
      return greet(conversation, world);
  }
}

/** A place sent after it was said who handles a matter tells who does there. */
function whereItLies(
  { mode, ...rest }: Conversation,
  spot: { readonly lat: number; readonly lng: number },
): Step | null {
  if (mode.kind !== 'choosing' || !mode.who || !Number.isFinite(spot.lat) || !Number.isFinite(spot.lng)) return null;
  return askWhoAt({ ...rest, mode }, mode, { lat: spot.lat, lng: spot.lng });
}

function greet(conversation: Conversation, world: World): Step {
  const form = openForm(conversation.mode);
  const mention = form ? `\n${words.kept(formName(form))}` : '';
  const open = form ? conversation : setAside(conversation);
  return say(open, `${words.greeting(world.hotline)}${mention}`);
}

function hearPicture(conversation: Conversation, mediaId: string, world: World): Step {
  const form = openForm(conversation.mode);
  if (form) return pictureInForm(conversation, form, mediaId, world);
  const before = keptNow(conversation, world)?.mediaIds ?? [];
  const mediaIds = [...before.filter((id) => id !== mediaId), mediaId].slice(-pictureLimit);
  return quietly(say(keep(conversation, { mediaIds }, world), words.pictureOfWhat(mediaIds.length)));
}

function hearPlace(conversation: Conversation, place: Place, world: World): Step {
  const form = openForm(conversation.mode);
  if (form) return placeInForm(conversation, form, place, world);
  const found = Object.keys(place).length === 0 ? {} : { place };
  const kept = keep(conversation, found, world);
  if (kept.mode.kind === 'choosingSlot') return listSlots(kept, kept.mode.entryId, '', world);
  if (world.nearby === undefined) return quietly(say(kept, words.placeOfWhat(place.words ?? '')));
  return quietly(say(kept, nearWords.nearby(serviceOnView(conversation, world), world.nearby, world.hotline)));
}

/** The service whose page is open; places are then looked for that offer it. */
function serviceOnView({ mode }: Conversation, world: World): string | null {
  const entry = mode.kind === 'reading' ? world.entry(mode.entryId) : undefined;
  return entry?.kind === 'service' ? entry.name : null;
}

/** A rating question is closed by anything else; a list stays open. */
function keep(conversation: Conversation, found: Partial<Kept>, world: World): Conversation {
  const { kind } = conversation.mode;
  const open = kind === 'ratingOpen' || kind === 'afterBadRating' ? setAside(conversation) : conversation;
  const until = new Date(world.now.getTime() + keptMinutes * 60_000).toISOString();
  const before = keptNow(conversation, world) ?? { mediaIds: [], place: null };
  return { ...open, kept: { ...before, ...found, until } };
}
