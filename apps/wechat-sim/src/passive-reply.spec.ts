import { parseXml, readPassiveReply } from './passive-reply';

const head =
  '<ToUserName><![CDATA[oA]]></ToUserName><FromUserName><![CDATA[gh_1]]></FromUserName><CreateTime>1</CreateTime>';

function read(body: string): ReturnType<typeof readPassiveReply> {
  return readPassiveReply(parseXml(`<xml>${body}</xml>`) ?? {}, 'oA', 'gh_1');
}

describe('passive reply', () => {
  it.each([
    ['<MsgType>text</MsgType><Content><![CDATA[1. 高龄津贴\n]]></Content>', { type: 'text', text: '1. 高龄津贴\n' }],
    ['<MsgType>image</MsgType><Image><MediaId>M</MediaId></Image>', { type: 'image', mediaId: 'M' }],
    ['<MsgType>voice</MsgType><Voice><MediaId>V</MediaId></Voice>', { type: 'voice', mediaId: 'V' }],
    [
      '<MsgType>news</MsgType><ArticleCount>1</ArticleCount><Articles><item><Title>指南</Title><Url>http://x</Url></item></Articles>',
      { type: 'news', articles: [{ title: '指南', description: '', url: 'http://x' }] },
    ],
  ])('shows %s', (body, content) => {
    expect(read(head + body)).toEqual({ content });
  });

  it.each([
    ['a foreign addressee', head.replace('oA', 'oB') + '<MsgType>text</MsgType><Content>x</Content>'],
    ['a foreign account', head.replace('gh_1', 'gh_2') + '<MsgType>text</MsgType><Content>x</Content>'],
    ['no time', head.replace('<CreateTime>1</CreateTime>', '') + '<MsgType>text</MsgType><Content>x</Content>'],
    ['no content', head + '<MsgType>text</MsgType>'],
    ['an unknown type', head + '<MsgType>hologram</MsgType>'],
    ['news without articles', head + '<MsgType>news</MsgType><Articles></Articles>'],
  ])('refuses %s', (_name, body) => {
    expect(read(body)).toHaveProperty('problem');
  });

  it.each(['{"MsgType":"text"}', 'ok', '<xml><a></xml>', '<reply/>', ''])('reads no XML in %j', (text) => {
    expect(parseXml(text)).toBeNull();
  });
});
