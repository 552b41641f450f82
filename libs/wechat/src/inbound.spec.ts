import type { InboundContent } from '@linli/contracts';
import { inboundMessage } from './inbound';
import { pushBody } from './push-body';

const time = 1_773_108_000;
const head = `<ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oLi]]></FromUserName><CreateTime>${time}</CreateTime>`;

function message(type: string, inner: string, id = '<MsgId>6054768590064713728</MsgId>'): string {
  return `<xml>${head}<MsgType><![CDATA[${type}]]></MsgType>${inner}${id}</xml>`;
}

function event(name: string, inner = ''): string {
  return `<xml>${head}<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event>${inner}</xml>`;
}

function contentOf(xml: string): InboundContent {
  return inboundMessage(pushBody(xml, false), 'wechatOfficial').content;
}

function idOf(xml: string): string {
  return inboundMessage(pushBody(xml, false), 'wechatOfficial').id;
}

const key = (value: string): string => `<EventKey><![CDATA[${value}]]></EventKey>`;
const media = '<MediaId><![CDATA[m1]]></MediaId>';
const sentItem = (code: string): string =>
  `<List><TemplateId>T</TemplateId><MsgID>1864323726461255680</MsgID><ErrorCode>${code}</ErrorCode><ErrorStatus>s</ErrorStatus></List>`;
const sentEvent = (items: string): string =>
  event('subscribe_msg_sent_event', `<SubscribeMsgSentEvent>${items}</SubscribeMsgSentEvent>`);
const finished = (status: string): string =>
  event('TEMPLATESENDJOBFINISH', `<MsgID>200163836</MsgID><Status><![CDATA[${status}]]></Status>`);
const reported = (outcome: 'sent' | 'blocked' | 'failed', platformId = '200163836'): InboundContent => ({
  kind: 'deliveryReport',
  platformId,
  outcome,
});

/** What the ids of events hold of the sender `oLi`: kept unsealed, they must not hold the openid itself. */
const sender = 'af759e9e95b0b0cb012df4d10026e898';

describe('messages', () => {
  it.each<[string, string, InboundContent]>([
    ['text', message('text', '<Content><![CDATA[ 低保\n ]]></Content>'), { kind: 'text', text: ' 低保\n ' }],
    [
      'a choice from a menu message',
      message('text', '<Content>1</Content><bizmsgmenuid>101</bizmsgmenuid>'),
      { kind: 'text', text: '1', menuId: '101' },
    ],
    ['text without content', message('text', ''), { kind: 'text', text: '' }],
    [
      'text out of an article',
      message('text', '<Content>x</Content><MsgDataId>2</MsgDataId><Idx>1</Idx>'),
      { kind: 'text', text: 'x' },
    ],
    [
      'image',
      message('image', `<PicUrl><![CDATA[http://p/1?a=1&b=2]]></PicUrl>${media}`),
      { kind: 'image', mediaId: 'm1', url: 'http://p/1?a=1&b=2' },
    ],
    ['image without address', message('image', media), { kind: 'image', mediaId: 'm1' }],
    ['image without media', message('image', ''), { kind: 'silent', type: 'image' }],
    ['voice', message('voice', `${media}<Format>amr</Format>`), { kind: 'voice', mediaId: 'm1' }],
    [
      'voice in better sound',
      message('voice', `${media}<Format>speex</Format><MediaId16K>m2</MediaId16K>`),
      { kind: 'voice', mediaId: 'm1' },
    ],
    [
      'voice, recognised',
      message('voice', `${media}<Format>amr</Format><Recognition><![CDATA[我要办低保]]></Recognition>`),
      { kind: 'voice', mediaId: 'm1', recognition: '我要办低保' },
    ],
    ['voice, recognised as nothing', message('voice', `${media}<Recognition/>`), { kind: 'voice', mediaId: 'm1' }],
    ['video', message('video', `${media}<ThumbMediaId>t</ThumbMediaId>`), { kind: 'video', mediaId: 'm1' }],
    ['shortvideo', message('shortvideo', `${media}<ThumbMediaId>t</ThumbMediaId>`), { kind: 'video', mediaId: 'm1' }],
    [
      'location',
      message(
        'location',
        '<Location_X>31.2304</Location_X><Location_Y>-121.47</Location_Y><Scale>15</Scale><Label>人民路 1 号</Label>',
      ),
      { kind: 'location', lat: 31.2304, lng: -121.47, label: '人民路 1 号' },
    ],
    [
      'location nowhere on earth',
      message('location', '<Location_X>131</Location_X><Location_Y>121</Location_Y>'),
      { kind: 'silent', type: 'location' },
    ],
    [
      'location in words',
      message('location', '<Location_X>0x1F</Location_X><Location_Y>1e1</Location_Y>'),
      { kind: 'silent', type: 'location' },
    ],
    [
      'link',
      message('link', '<Title>通知</Title><Description>d</Description><Url><![CDATA[https://a/?b&c]]></Url>'),
      { kind: 'link', title: '通知', url: 'https://a/?b&c' },
    ],
    ['link without title', message('link', '<Url>https://a</Url>'), { kind: 'link', title: '', url: 'https://a' }],
    ['miniprogrampage', message('miniprogrampage', '<Title>t</Title>'), { kind: 'silent', type: 'miniprogrampage' }],
    ['a type not known', message('hologram', '<Depth>3</Depth>'), { kind: 'silent', type: 'hologram' }],
    ['a type named like JavaScript', message('constructor', ''), { kind: 'silent', type: 'constructor' }],
  ])('reads %s', (_name, xml, content) => {
    expect(contentOf(xml)).toEqual(content);
    expect(idOf(xml)).toBe('wx-6054768590064713728');
  });
});

describe('events', () => {
  it.each<[string, string, InboundContent, string]>([
    ['subscribe', event('subscribe', '<EventKey></EventKey>'), { kind: 'follow' }, 'subscribe-'],
    [
      'subscribe by a scene code',
      event('subscribe', `${key('qrscene_community-3')}<Ticket>t</Ticket>`),
      { kind: 'follow', scene: 'community-3' },
      'subscribe-qrscene_community-3',
    ],
    [
      'subscribe after a payment',
      event('subscribe', key('last_trade_no_42')),
      { kind: 'follow' },
      'subscribe-last_trade_no_42',
    ],
    ['unsubscribe', event('unsubscribe'), { kind: 'unfollow' }, 'unsubscribe-'],
    ['SCAN', event('SCAN', `${key('hall-1')}<Ticket>t</Ticket>`), { kind: 'scan', scene: 'hall-1' }, 'SCAN-hall-1'],
    ['SCAN of nothing', event('SCAN'), { kind: 'silent', type: 'SCAN' }, 'SCAN-'],
    [
      'LOCATION',
      event('LOCATION', '<Latitude>23</Latitude><Longitude>113</Longitude><Precision>119</Precision>'),
      { kind: 'silent', type: 'LOCATION' },
      'LOCATION-',
    ],
    ['CLICK', event('CLICK', key('PROGRESS')), { kind: 'menuClick', key: 'PROGRESS' }, 'CLICK-PROGRESS'],
    ['CLICK on nothing', event('CLICK'), { kind: 'silent', type: 'CLICK' }, 'CLICK-'],
    [
      'view_miniprogram',
      event('view_miniprogram', key('p')),
      { kind: 'silent', type: 'view_miniprogram' },
      'view_miniprogram-p',
    ],
    [
      'scancode_push',
      event(
        'scancode_push',
        `${key('k')}<ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>1</ScanResult></ScanCodeInfo>`,
      ),
      { kind: 'silent', type: 'scancode_push' },
      'scancode_push-k',
    ],
    [
      'scancode_waitmsg',
      event('scancode_waitmsg', `${key('k')}<ScanCodeInfo><ScanResult>2</ScanResult></ScanCodeInfo>`),
      { kind: 'silent', type: 'scancode_waitmsg' },
      'scancode_waitmsg-k',
    ],
    ...['pic_sysphoto', 'pic_photo_or_album', 'pic_weixin'].map((name): [string, string, InboundContent, string] => [
      name,
      event(
        name,
        `${key('k')}<SendPicsInfo><Count>1</Count><PicList><item><PicMd5Sum>5</PicMd5Sum></item></PicList></SendPicsInfo>`,
      ),
      { kind: 'silent', type: name },
      `${name}-k`,
    ]),
    [
      'location_select',
      event('location_select', `${key('k')}<SendLocationInfo><Location_X>23</Location_X></SendLocationInfo>`),
      { kind: 'silent', type: 'location_select' },
      'location_select-k',
    ],
    ['a template message that arrived', finished('success'), reported('sent'), 'TEMPLATESENDJOBFINISH-200163836'],
    ['one that was refused', finished('failed:user block'), reported('blocked'), 'TEMPLATESENDJOBFINISH-200163836'],
    ['one that failed', finished('failed: system failed'), reported('failed'), 'TEMPLATESENDJOBFINISH-200163836'],
    [
      'a report about nothing',
      event('TEMPLATESENDJOBFINISH', '<Status>success</Status>'),
      { kind: 'silent', type: 'TEMPLATESENDJOBFINISH' },
      'TEMPLATESENDJOBFINISH-',
    ],
    ...['subscribe_msg_popup_event', 'subscribe_msg_change_event'].map(
      (name): [string, string, InboundContent, string] => [
        name,
        event(name, '<SubscribeMsgPopupEvent><List><TemplateId>T</TemplateId></List><List/></SubscribeMsgPopupEvent>'),
        { kind: 'silent', type: name },
        `${name}-`,
      ],
    ),
    [
      'a subscribe message that arrived',
      sentEvent(sentItem('0')),
      reported('sent', '1864323726461255680'),
      'subscribe_msg_sent_event-1864323726461255680',
    ],
    [
      'one without consent',
      sentEvent(sentItem('43101')),
      reported('blocked', '1864323726461255680'),
      'subscribe_msg_sent_event-1864323726461255680',
    ],
    [
      'one that failed, before another',
      sentEvent(sentItem('20003') + sentItem('0')),
      reported('failed', '1864323726461255680'),
      'subscribe_msg_sent_event-1864323726461255680',
    ],
    [
      'one without its list',
      sentEvent(''),
      { kind: 'silent', type: 'subscribe_msg_sent_event' },
      'subscribe_msg_sent_event-',
    ],
    [
      'user_info_modified',
      event('user_info_modified'),
      { kind: 'silent', type: 'user_info_modified' },
      'user_info_modified-',
    ],
    [
      'user_authorization_revoke',
      event('user_authorization_revoke', '<OpenID>o</OpenID><RevokeInfo>1</RevokeInfo>'),
      { kind: 'revoked' },
      'user_authorization_revoke-',
    ],
    [
      'user_enter_tempsession',
      event('user_enter_tempsession', '<SessionFrom>page</SessionFrom>'),
      { kind: 'silent', type: 'user_enter_tempsession' },
      'user_enter_tempsession-',
    ],
    ['an event not known', event('user_waved', key('hi')), { kind: 'silent', type: 'user_waved' }, 'user_waved-hi'],
    ['an event named like JavaScript', event('toString'), { kind: 'silent', type: 'toString' }, 'toString-'],
    ['an event without name', event(''), { kind: 'silent', type: '' }, '-'],
  ])('reads %s', (_name, xml, content, id) => {
    expect(contentOf(xml)).toEqual(content);
    expect(idOf(xml)).toBe(`ev-${sender}-${time}-${id}`);
  });

  it('takes a list as JSON writes it: an object for one, an array for many, numbers as text', () => {
    const base = { ToUserName: 'gh_1', FromUserName: 'oLi', CreateTime: time, MsgType: 'event' };
    const item = { TemplateId: 'T', MsgID: '77', ErrorCode: 0, ErrorStatus: 'success' };
    const of = (list: unknown): InboundContent =>
      inboundMessage(
        pushBody(JSON.stringify({ ...base, Event: 'subscribe_msg_sent_event', List: list }), true),
        'wechatMini',
      ).content;
    expect(of(item)).toEqual(reported('sent', '77'));
    expect(of([item, item])).toEqual(reported('sent', '77'));
    expect(of({ ...item, ErrorCode: '43004' })).toEqual(reported('blocked', '77'));
    expect(of('nothing')).toEqual({ kind: 'silent', type: 'subscribe_msg_sent_event' });
  });
});

describe('ids', () => {
  it('hashes what is long or would choke a queue', () => {
    const view = event('VIEW', key('https://a.cn/?q=1'));
    expect(idOf(view)).toMatch(new RegExp(`^ev-${sender}-1773108000-VIEW-[0-9a-f]{32}$`));
    expect(idOf(view)).toBe(idOf(view));
    expect(idOf(view)).not.toBe(idOf(event('VIEW', key('https://a.cn/?q=2'))));
    const long = idOf(event('e'.repeat(500), key('k'.repeat(500))).replace('oLi', 'o'.repeat(128)));
    expect(long.length).toBeLessThan(256);
  });

  it('names a message without MsgId by its content', () => {
    const [first, again, other] = ['a', 'a', 'b'].map((text) =>
      idOf(message('text', `<Content>${text}</Content>`, '')),
    );
    expect(first).toMatch(new RegExp(`^ev-${sender}-1773108000-text-[0-9a-f]{32}$`));
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(idOf(message('text', '', '<MsgId>a:b</MsgId>'))).toMatch(/^ev-/);
  });
});

describe('long text', () => {
  it('is kept whole up to 20,000 characters', () => {
    const kept = (length: number): string => {
      const content = contentOf(message('text', `<Content>${'长'.repeat(length - 1)}😀</Content>`));
      return content.kind === 'text' ? content.text : '';
    };
    expect(kept(4_001)).toHaveLength(4_002);
    expect(kept(19_999)).toHaveLength(20_000);
    // The last character would be cut in two.
    expect(kept(20_000)).toHaveLength(19_999);
    expect(kept(30_000)).toBe('长'.repeat(20_000));
  });
});
