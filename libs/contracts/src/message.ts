/** The doors a resident can speak through. */
export type Channel = 'wechatOfficial' | 'wechatMini' | 'wechaty';

export type InboundContent =
  | { readonly kind: 'text'; readonly text: string; readonly menuId?: string }
  | { readonly kind: 'image'; readonly mediaId: string; readonly url?: string }
  | { readonly kind: 'voice'; readonly mediaId: string; readonly recognition?: string }
  | { readonly kind: 'video'; readonly mediaId: string }
  | { readonly kind: 'location'; readonly lat: number; readonly lng: number; readonly label: string }
  | { readonly kind: 'link'; readonly title: string; readonly url: string }
  | { readonly kind: 'follow'; readonly scene?: string }
  | { readonly kind: 'unfollow' }
  | { readonly kind: 'scan'; readonly scene: string }
  | { readonly kind: 'menuClick'; readonly key: string }
  /** The resident withdrew consent on the platform: linked data must go. */
  | { readonly kind: 'revoked' }
  /** The platform reports what became of a template or subscribe message. */
  | { readonly kind: 'deliveryReport'; readonly platformId: string; readonly outcome: 'sent' | 'blocked' | 'failed' }
  /** Received and kept, answered with nothing: reported locations, page views, types not known yet. */
  | { readonly kind: 'silent'; readonly type: string };

/** What any door hands to the inbox. */
export interface InboundMessage {
  readonly channel: Channel;
  /** Unique per channel: `wx-<MsgId>`, or `ev-<digest of the sender>-<time>-<event>-<key>` for events. Kept as text: MsgId exceeds 2^53. */
  readonly id: string;
  /** The sender as the channel knows them (openid). */
  readonly from: string;
  /** The account spoken to (gh_…). */
  readonly to: string;
  /** When the platform says it was sent. */
  readonly at: Date;
  readonly content: InboundContent;
}
