import { parseXml } from './passive-reply';
import { pushXml, type PushContent } from './push-content';

const envelope = { to: 'gh_1', from: 'oA', createTime: 1_700_000_000, msgId: '6054768590064713728' };

describe('pushXml', () => {
  it.each<[PushContent, Record<string, string>]>([
    [
      { type: 'text', text: '低保 <b>&' },
      { MsgType: 'text', Content: '低保 <b>&' },
    ],
    [
      { type: 'text', text: ']]> 结束', menuId: '101' },
      { Content: ']]> 结束', bizmsgmenuid: '101' },
    ],
    [
      { type: 'image', mediaId: 'M', url: 'http://x/1' },
      { MsgType: 'image', PicUrl: 'http://x/1', MediaId: 'M' },
    ],
    [
      { type: 'voice', mediaId: 'V', recognition: '停水了' },
      { Format: 'amr', Recognition: '停水了' },
    ],
    [
      { type: 'video', mediaId: 'V' },
      { MediaId: 'V', ThumbMediaId: 'V' },
    ],
    [
      { type: 'location', lat: 30.5, lng: 106.6, label: '东门' },
      { Location_X: '30.5', Location_Y: '106.6', Label: '东门' },
    ],
    [
      { type: 'link', title: '报道', url: 'http://x' },
      { Title: '报道', Url: 'http://x' },
    ],
  ])('writes %j so that a parser reads it back', (content, expected) => {
    const parsed = parseXml(pushXml(envelope, content));
    expect(parsed).toMatchObject({ ToUserName: 'gh_1', FromUserName: 'oA', CreateTime: '1700000000', ...expected });
    expect(parsed?.['MsgId']).toBe('6054768590064713728');
  });

  it('writes no MsgId for events', () => {
    const xml = pushXml(envelope, {
      type: 'event',
      event: 'subscribe',
      eventKey: 'qrscene_12',
      fields: { Ticket: 'T' },
    });
    expect(parseXml(xml)).toMatchObject({ MsgType: 'event', Event: 'subscribe', EventKey: 'qrscene_12', Ticket: 'T' });
    expect(xml).not.toContain('MsgId');
  });
});
