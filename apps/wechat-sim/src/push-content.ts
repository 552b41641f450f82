/** What a resident's phone sends: a message with a MsgId, or an event without one. */
export type PushContent =
  | { readonly type: 'text'; readonly text: string; readonly menuId?: string }
  | { readonly type: 'image'; readonly mediaId: string; readonly url: string }
  | { readonly type: 'voice'; readonly mediaId: string; readonly recognition?: string }
  | { readonly type: 'video'; readonly mediaId: string }
  | { readonly type: 'location'; readonly lat: number; readonly lng: number; readonly label: string }
  | { readonly type: 'link'; readonly title: string; readonly url: string }
  | {
      readonly type: 'event';
      readonly event: string;
      readonly eventKey?: string;
      /** Further elements, such as `Ticket` or `Latitude`. */
      readonly fields?: Readonly<Record<string, string>>;
    };

/** Who sends, who is addressed, when (seconds), and the 64-bit MsgId as text. */
export interface PushEnvelope {
  readonly to: string;
  readonly from: string;
  readonly createTime: number;
  readonly msgId: string;
}

type Fields = readonly (readonly [name: string, value: string | number | bigint])[];

/** The XML the platform pushes for this content. */
export function pushXml(envelope: PushEnvelope, content: PushContent): string {
  const isEvent = content.type === 'event';
  const head: Fields = [
    ['ToUserName', envelope.to],
    ['FromUserName', envelope.from],
    ['CreateTime', envelope.createTime],
    ['MsgType', content.type],
  ];
  return xmlElement([
    ...head,
    ...contentFields(content),
    ...(isEvent ? [] : [['MsgId', BigInt(envelope.msgId)] as const]),
  ]);
}

/** One flat `<xml>` element: text as CDATA, numbers bare. */
export function xmlElement(fields: Fields): string {
  const body = fields.map(([name, value]) => `<${name}>${typeof value === 'string' ? cdata(value) : value}</${name}>`);
  return `<xml>${body.join('')}</xml>`;
}

function contentFields(content: PushContent): Fields {
  switch (content.type) {
    case 'text':
      return [['Content', content.text], ...optional('bizmsgmenuid', content.menuId)];
    case 'image':
      return [
        ['PicUrl', content.url],
        ['MediaId', content.mediaId],
      ];
    case 'voice':
      return [['MediaId', content.mediaId], ['Format', 'amr'], ...optional('Recognition', content.recognition)];
    case 'video':
      return [
        ['MediaId', content.mediaId],
        ['ThumbMediaId', content.mediaId],
      ];
    case 'location':
      return [
        ['Location_X', content.lat],
        ['Location_Y', content.lng],
        ['Scale', 15],
        ['Label', content.label],
      ];
    case 'link':
      return [
        ['Title', content.title],
        ['Description', ''],
        ['Url', content.url],
      ];
    case 'event':
      return [
        ['Event', content.event],
        ...optional('EventKey', content.eventKey),
        ...Object.entries(content.fields ?? {}),
      ];
  }
}

function optional(name: string, value: string | undefined): Fields {
  return value === undefined ? [] : [[name, value]];
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
