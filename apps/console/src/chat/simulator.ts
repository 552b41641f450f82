/** One bubble as the simulator keeps it. */
export interface Bubble {
  readonly seq: number;
  readonly at: string;
  readonly way: 'push' | 'passive' | 'custom' | 'template' | 'subscribe' | 'failure';
  readonly content: BubbleContent;
  readonly msgId?: string;
}

export type BubbleContent =
  | { readonly type: 'text'; readonly text: string; readonly byAi?: boolean }
  | { readonly type: 'image' | 'voice' | 'video'; readonly mediaId: string }
  | { readonly type: 'location'; readonly lat: number; readonly lng: number; readonly label: string }
  | {
      readonly type: 'news';
      readonly articles: readonly { readonly title: string; readonly description: string; readonly url: string }[];
    }
  | {
      readonly type: 'menu';
      readonly head: string;
      readonly items: readonly { readonly id: string; readonly content: string }[];
      readonly tail: string;
    }
  | { readonly type: 'card'; readonly title: string; readonly lines: readonly string[]; readonly url?: string };

/** What the resident sends. */
export type Outgoing =
  | { readonly type: 'text'; readonly text: string; readonly menuId?: string }
  | { readonly type: 'image'; readonly mediaId: string }
  | { readonly type: 'location'; readonly lat: number; readonly lng: number; readonly label: string };

/** What became of a push: `failed` when the account answered too late or wrongly. */
export interface Sent {
  readonly msgId: string;
  readonly reply: Bubble | null;
  readonly failed: boolean;
}

/** The simulator's refusal; status 0 when the server cannot be reached. */
export class SimulatorRefusal extends Error {
  constructor(
    readonly status: number,
    reason: string,
  ) {
    super(reason);
  }

  /** Whether the simulator has forgotten this resident, as after a restart. */
  get isStranger(): boolean {
    return this.status === 404 && this.message === 'no such user';
  }

  /** Whether there is no simulator here at all. */
  get isOff(): boolean {
    return this.status === 404 && this.message !== 'no such user' && this.message !== 'no such media';
  }

  /** Whether the simulator serves only its own machine, and this is another. */
  get isClosed(): boolean {
    return this.status === 403;
  }
}

const root = '/simulator/control';

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const form = body instanceof FormData;
  const headers: HeadersInit = body === undefined || form ? {} : { 'content-type': 'application/json' };
  const payload = body === undefined ? null : form ? body : JSON.stringify(body);
  const response = await fetch(root + path, { method, headers, body: payload }).catch(() => null);
  if (response === null) throw new SimulatorRefusal(0, 'unreachable');
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as T;
  const reason = typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : '';
  throw new SimulatorRefusal(response.ok ? 404 : response.status, reason);
}

/** Makes a resident; one the simulator has forgotten comes back under the openid the product knows. */
export function createUser(openid?: string): Promise<{ readonly openid: string }> {
  return call('POST', '/users', openid === undefined ? {} : { openid });
}

export function readUser(openid: string): Promise<{ readonly following: boolean }> {
  return call('GET', `/users/${openid}`);
}

export function follow(openid: string): Promise<Sent> {
  return call('POST', `/users/${openid}/follow`, {});
}

/** Sends a message; with `msgId` it is the same message once more, which the product must not count twice. */
export function say(openid: string, message: Outgoing, msgId?: string): Promise<Sent> {
  return call('POST', `/users/${openid}/messages`, msgId === undefined ? message : { ...message, msgId });
}

export function readMessages(
  openid: string,
  after: number,
): Promise<{ readonly items: readonly Bubble[]; readonly typing: boolean }> {
  return call('GET', `/users/${openid}/messages?after=${after}`);
}

/** Stores a picture and returns the id to send it by. */
export function uploadPicture(picture: Blob): Promise<{ readonly mediaId: string }> {
  const form = new FormData();
  form.append('file', picture, picture.type === 'image/png' ? 'picture.png' : 'picture.jpg');
  return call('POST', '/media', form);
}

export function mediaUrl(mediaId: string): string {
  return `${root}/media/${encodeURIComponent(mediaId)}`;
}

export function streamUrl(openid: string, after: number): string {
  return `${root}/users/${openid}/stream?after=${after}`;
}
