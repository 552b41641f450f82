/** What one bubble on the resident's phone holds. */
export type PhoneContent =
  | { readonly type: 'text'; readonly text: string; readonly byAi?: boolean }
  | { readonly type: 'image' | 'voice' | 'video'; readonly mediaId: string }
  | { readonly type: 'location'; readonly lat: number; readonly lng: number; readonly label: string }
  | { readonly type: 'news'; readonly articles: readonly Article[] }
  | { readonly type: 'menu'; readonly head: string; readonly items: readonly MenuItem[]; readonly tail: string }
  | { readonly type: 'card'; readonly title: string; readonly lines: readonly string[]; readonly url?: string };

export interface Article {
  readonly title: string;
  readonly description: string;
  readonly url: string;
}

/** One clickable line of a `msgmenu` message. */
export interface MenuItem {
  readonly id: string;
  readonly content: string;
}

/** Which way a bubble came: typed by the resident, answered in the push, sent by API, or the platform's own failure notice. */
export type PhoneWay = 'push' | 'passive' | 'custom' | 'template' | 'subscribe' | 'failure';

/** One bubble of a conversation, either side. */
export interface PhoneMessage {
  readonly openid: string;
  readonly at: string;
  readonly way: PhoneWay;
  readonly content: PhoneContent;
  readonly msgId?: string;
}

/** What the phone shows when the account does not answer in time or answers rubbish. */
export const failureNotice = '该公众号提供的服务出现故障，请稍后再试';
