import { randomInt } from 'node:crypto';
import { Refusal } from '@linli/kernel';
import type { MiniAccount, OfficialAccount } from '@linli/platform';
import { MessageCipher } from './message-cipher';
import { signatureOf } from './signature';
import { openPush, verifyUrl, type Push } from './webhook';
import { xmlElement } from './wire-text';

const now = new Date('2026-03-10T02:00:00Z');
const seconds = String(now.getTime() / 1_000);
const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const plainAccount: OfficialAccount = { appId: 'wx1', secret: 's', token: 'tok', originalId: 'gh_1' };
const account: OfficialAccount = { ...plainAccount, aesKey };
const mini: MiniAccount = { appId: 'wx2', secret: 's', token: 'tok', aesKey };
const cipher = new MessageCipher(aesKey, 'wx1');

type Query = Record<string, unknown>;
type Fields = Readonly<Record<string, string | number>>;

const said: Fields = {
  ToUserName: 'gh_1',
  FromUserName: 'oLi',
  CreateTime: Number(seconds),
  MsgType: 'text',
  Content: '低保怎么办',
  MsgId: '6054768590064713728',
};

function signed(timestamp = seconds, nonce = '415670741'): Query {
  return { signature: signatureOf(['tok', timestamp, nonce]), timestamp, nonce, openid: 'oLi' };
}

function sealed(inner: string, timestamp = seconds, by = cipher): { query: Query; body: string } {
  const encrypted = by.encrypt(inner);
  const msg_signature = signatureOf(['tok', timestamp, '415670741', encrypted]);
  const body = xmlElement({ ToUserName: 'gh_1', Encrypt: encrypted });
  return { query: { ...signed(timestamp), encrypt_type: 'aes', msg_signature }, body };
}

function plain(body: string, query = signed()): Push {
  return openPush(query, body, plainAccount, 'wechatOfficial', now);
}

function secure({ query, body }: { query: Query; body: string }, at = now): Push {
  return openPush(query, body, account, 'wechatOfficial', at);
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
}

function xmlFields(xml: string): Record<string, string> {
  const found = xml.matchAll(/<(\w+)>(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<]*))<\/\1>/g);
  return Object.fromEntries([...found].map(([, name, quoted, bare]) => [name, quoted ?? bare ?? '']));
}

describe('setting the address', () => {
  const query: Query = { ...signed(), echostr: '8213' };

  it('echoes', () => {
    expect(verifyUrl(query, account, now)).toBe('8213');
  });

  it.each<[string, Query, string]>([
    ['a wrong signature', { ...query, signature: signatureOf(['other', seconds, '415670741']) }, 'wechat.signature'],
    ['no signature', { ...query, signature: undefined }, 'wechat.signature'],
    ['nothing at all', {}, 'wechat.signature'],
    ['an old signature', { ...signed(String(Number(seconds) - 301)), echostr: '1' }, 'wechat.stale'],
    ['nothing to echo', signed(), 'wechat.malformed'],
    ['a signature given twice', { ...query, signature: [query['signature'], 'x'] }, 'wechat.malformed'],
    ['a nested nonce', { ...query, nonce: { a: '1' } }, 'wechat.malformed'],
    ['an endless echo', { ...query, echostr: 'x'.repeat(2_000) }, 'wechat.malformed'],
    ['a timestamp in words', { ...signed('yesterday'), echostr: '1' }, 'wechat.malformed'],
  ])('refuses %s', (_name, wrong, code) => {
    expect(refusal(() => verifyUrl(wrong, account, now))).toBe(code);
  });

  it('trusts nobody when the account has no token', () => {
    const forged = { timestamp: seconds, nonce: 'n', signature: signatureOf([seconds, 'n']), echostr: '1' };
    expect(refusal(() => verifyUrl(forged, {}, now))).toBe('wechat.signature');
    expect(refusal(() => verifyUrl(forged, { token: '' }, now))).toBe('wechat.signature');
  });
});

describe('plaintext pushes', () => {
  it('opens one and answers in plaintext', () => {
    const push = plain(xmlElement(said));
    expect(push.message).toEqual({
      channel: 'wechatOfficial',
      id: 'wx-6054768590064713728',
      from: 'oLi',
      to: 'gh_1',
      at: now,
      content: { kind: 'text', text: '低保怎么办' },
    });
    const answer = push.reply('您好 ]]> <b>', now);
    expect(answer).toContain('<Content><![CDATA[您好 ]]]]><![CDATA[> <b>]]></Content>');
    expect(xmlFields(answer)).toMatchObject({ ToUserName: 'oLi', FromUserName: 'gh_1', CreateTime: seconds });
  });

  it('reads XML as people format it', () => {
    const body = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n  <ToUserName>gh_1</ToUserName>
      <FromUserName> oLi </FromUserName><CreateTime>${seconds}</CreateTime><MsgType><![CDATA[text]]></MsgType>
      <Content>a &lt;b&gt; &amp;amp; &#x4F4E;&#20445; &nope;</Content><MsgId >12345</MsgId ><Empty/></xml>\n`;
    expect(plain(body).message).toMatchObject({
      from: 'oLi',
      content: { kind: 'text', text: 'a <b> &amp; 低保 &nope;' },
    });
  });

  it('takes what looks like a DOCTYPE from a resident, and their odd characters', () => {
    const text = '<!DOCTYPE html><!-- -->&amp;<a b="c">';
    expect(plain(xmlElement({ ...said, Content: text })).message.content).toEqual({ kind: 'text', text });
    const odd = plain(xmlElement({ ...said, Content: 'a\u0000\u0008b\uD83Dc\n\t😀' })).message.content;
    expect(odd).toEqual({ kind: 'text', text: 'ab\uFFFDc\n\t😀' });
  });

  it.each<[string, Query, string]>([
    ['a forged signature', { ...signed(), signature: 'f'.repeat(40) }, 'wechat.signature'],
    ['no signature', { timestamp: seconds, nonce: '1' }, 'wechat.signature'],
    ['another nonce', { ...signed(), nonce: '415670742' }, 'wechat.signature'],
    ['another time', { ...signed(), timestamp: String(Number(seconds) + 1) }, 'wechat.signature'],
    ['an array', { ...signed(), timestamp: [seconds] }, 'wechat.malformed'],
    ['301 s ago', signed(String(Number(seconds) - 301)), 'wechat.stale'],
    ['301 s ahead', signed(String(Number(seconds) + 301)), 'wechat.stale'],
    ['300 s ago', signed(String(Number(seconds) - 300)), 'accepted'],
    ['300 s ahead', signed(String(Number(seconds) + 300)), 'accepted'],
    ['leading zeros', signed(`0${seconds}`), 'wechat.stale'],
  ])('judges a query with %s', (_name, query, code) => {
    expect(refusal(() => plain(xmlElement(said), query))).toBe(code);
  });

  it('refuses plaintext where an AES key is set', () => {
    const body = xmlElement(said);
    const open = (query: Query): string => refusal(() => openPush(query, body, account, 'wechatOfficial', now));
    expect(open(signed())).toBe('wechat.plaintextRefused');
    expect(open({ ...signed(), encrypt_type: 'raw', msg_signature: 'x' })).toBe('wechat.plaintextRefused');
    expect(open({ ...signed(), encrypt_type: 'aes', msg_signature: 'x' })).toBe('wechat.plaintextRefused');
    expect(open({ ...signed(), signature: 'x' })).toBe('wechat.signature');
  });

  it('refuses a message to another account, where the account is known', () => {
    const body = xmlElement({ ...said, ToUserName: 'gh_2' });
    expect(refusal(() => plain(body))).toBe('wechat.foreignApp');
    const unknown = { appId: 'wx1', secret: 's', token: 'tok' };
    expect(openPush(signed(), body, unknown, 'wechatOfficial', now).message.to).toBe('gh_2');
  });
});

describe('encrypted pushes', () => {
  it('opens one and answers encrypted, with the nonce of the request', () => {
    const push = secure(sealed(xmlElement(said)));
    expect(push.message.content).toEqual({ kind: 'text', text: '低保怎么办' });
    const later = new Date(now.getTime() + 2_500);
    const answer = xmlFields(push.reply('请到三号窗口', later));
    expect(answer).toMatchObject({ Nonce: '415670741', TimeStamp: String(Number(seconds) + 2) });
    expect(answer['MsgSignature']).toBe(
      signatureOf(['tok', answer['TimeStamp']!, answer['Nonce']!, answer['Encrypt']!]),
    );
    expect(xmlFields(cipher.decrypt(answer['Encrypt']!))).toMatchObject({
      ToUserName: 'oLi',
      FromUserName: 'gh_1',
      MsgType: 'text',
      Content: '请到三号窗口',
    });
  });

  it('believes the encrypted part alone in 兼容模式', () => {
    const { query, body } = sealed(xmlElement(said));
    const both = body.replace('</xml>', '<FromUserName>oEvil</FromUserName><MsgType>text</MsgType></xml>');
    expect(secure({ query, body: both }).message.from).toBe('oLi');
  });

  it('reads the plain elements of 兼容模式 without a key', () => {
    const { query } = sealed('<xml/>');
    const push = openPush(query, xmlElement({ ...said, Encrypt: 'AAAA' }), plainAccount, 'wechatOfficial', now);
    expect(push.message.from).toBe('oLi');
    expect(push.reply('好', now)).toContain('<MsgType>');
  });

  it('opens the push of the platform`s documents, which is JSON', () => {
    const documented = {
      ToUserName: 'gh_97417a04a28d',
      Encrypt:
        '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
    };
    const query = {
      signature: '6c5c811b55cc85e0e1b54100749188c20beb3f5d',
      msg_signature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
      timestamp: '1714112445',
      nonce: '415670741',
      encrypt_type: 'aes',
    };
    const owner: MiniAccount = { appId: 'wxba5fad812f8e6fb9', secret: 's', token: 'AAAAA', aesKey: 'A'.repeat(43) };
    const at = new Date(1_714_112_445_000);
    const push = openPush(query, JSON.stringify(documented), owner, 'wechatMini', at);
    expect(push.message).toEqual({
      channel: 'wechatMini',
      id: 'ev-1f19eec261073c5ae3a43373280ba75f-1714112445-debug_demo-',
      from: 'o9AgO5Kd5ggOC-bXrbNODIiE3bGY',
      to: 'gh_97417a04a28d',
      at,
      content: { kind: 'silent', type: 'debug_demo' },
    });
    expect(JSON.parse(push.reply('好', at))).toMatchObject({ Nonce: '415670741', TimeStamp: 1714112445 });
  });

  it('keeps all digits of a number in JSON, and leaves text alone', () => {
    const json = `{"ToUserName":"gh_2","FromUserName":"oMini","CreateTime":${seconds},"MsgType":"text",
      "Content":"我有 3 个\\"问题\\\\\\", 号码 -12.5e3","MsgId":6054768590064713729}`;
    const account2 = { appId: 'wx2', secret: 's', token: 'tok' };
    const { message } = openPush(signed(), json, account2, 'wechatMini', now);
    expect(message.id).toBe('wx-6054768590064713729');
    expect(message.content).toEqual({ kind: 'text', text: '我有 3 个"问题\\", 号码 -12.5e3' });
  });

  it('takes no JSON for the official account', () => {
    expect(refusal(() => plain(JSON.stringify(said)))).toBe('wechat.malformed');
  });

  it.each<[string, (good: { query: Query; body: string }) => { query: Query; body: string }, string]>([
    ['a forged msg_signature', ({ query, body }) => ({ query: { ...query, msg_signature: 'a' }, body }), 'signature'],
    ['no msg_signature', ({ query, body }) => ({ query: { ...query, msg_signature: '' }, body }), 'signature'],
    ['a forged signature', ({ query, body }) => ({ query: { ...query, signature: 'a' }, body }), 'signature'],
    [
      'signature in place of msg_signature',
      ({ query, body }) => ({ query: { ...query, msg_signature: query['signature'] }, body }),
      'signature',
    ],
    ['a changed body', ({ query }) => ({ query, body: sealed(xmlElement(said)).body }), 'signature'],
    ['an array', ({ query, body }) => ({ query: { ...query, encrypt_type: ['aes'] }, body }), 'malformed'],
    ['an old time', () => sealed(xmlElement(said), String(Number(seconds) - 301)), 'stale'],
    ['a time ahead', () => sealed(xmlElement(said), String(Number(seconds) + 301)), 'stale'],
    [
      'the ciphertext of another account',
      () => sealed(xmlElement(said), seconds, new MessageCipher(aesKey, 'wx9')),
      'foreignApp',
    ],
    ['another addressee', () => sealed(xmlElement({ ...said, ToUserName: 'gh_9' })), 'foreignApp'],
    ['another key', () => sealed('<xml/>', seconds, new MessageCipher('B'.repeat(43), 'wx1')), 'malformed'],
    ['no XML inside', () => sealed('你好'), 'malformed'],
    ['no XML outside', ({ query }) => ({ query, body: '你好' }), 'malformed'],
  ])('refuses %s', (_name, spoil, code) => {
    expect(refusal(() => secure(spoil(sealed(xmlElement(said)))))).toBe(`wechat.${code}`);
  });

  it('does without `signature` when `msg_signature` is right', () => {
    const { query, body } = sealed(xmlElement(said));
    expect(secure({ query: { ...query, signature: undefined }, body }).message.from).toBe('oLi');
  });

  it('reads XML of a mini-program, and answers in XML', () => {
    const encrypted = new MessageCipher(aesKey, 'wx2').encrypt(xmlElement({ ...said, ToUserName: 'gh_mini' }));
    const query = {
      ...signed(),
      encrypt_type: 'aes',
      msg_signature: signatureOf(['tok', seconds, '415670741', encrypted]),
    };
    const push = openPush(query, xmlElement({ Encrypt: encrypted }), mini, 'wechatMini', now);
    expect(push.message).toMatchObject({ channel: 'wechatMini', to: 'gh_mini' });
    expect(push.reply('好', now)).toMatch(/^<xml><Encrypt>/);
  });
});

describe('documents that harm', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from(
    { length: 9 },
    (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n || ''};`.repeat(10)}">`,
  ).join('')}]><xml><Content>&lol9;</Content></xml>`;
  const inside = xmlElement(said);

  it.each<[string, string]>([
    ['an XML bomb', bomb],
    ['a DOCTYPE', `<!DOCTYPE xml>${inside}`],
    ['a DOCTYPE in lower case', `<!doctype xml SYSTEM "file:///etc/passwd">${inside}`],
    ['a DOCTYPE behind an attribute', `<xml a="<![CDATA["><!DOCTYPE x><b c="]]>">${inside}</xml>`],
    ['a DOCTYPE behind a comment', `<!-- <![CDATA[ --><!DOCTYPE x><!-- ]]> -->${inside}`],
    ['a DOCTYPE within a tag', inside.replace('<MsgType>', '<a<![CDATA[><!DOCTYPE x>]]>></a><MsgType>')],
    ['CDATA within a tag', inside.replace('<MsgType>', '<Msg<![CDATA[a]]>Type>')],
    ['a comment', inside.replace('<MsgType>', '<!-- x --><MsgType>')],
    ['an instruction', inside.replace('<MsgType>', '<?php x ?><MsgType>')],
    ['an attribute', inside.replace('<MsgType>', '<MsgType a="1">')],
    ['a name that poisons', inside.replace('<MsgType>', '<__proto__>1</__proto__><MsgType>')],
    ['tags that do not match', inside.replace('</MsgType>', '</Msgtype>')],
    ['an open end', inside.replace('</xml>', '')],
    ['an open CDATA', '<xml><Content><![CDATA[hello</Content></xml>'],
    ['two roots', `${inside}${inside}`],
    ['text after the root', `${inside}x`],
    ['another root', inside.replaceAll('xml>', 'msg>')],
    ['no root', ''],
    ['an empty root', '<xml/>'],
    ['17 levels', `${'<xml>'.repeat(17)}${'</xml>'.repeat(17)}`],
    ['1 MB of text', xmlElement({ ...said, Content: '长'.repeat(350_000) })],
    ['just over 256 kB', xmlElement({ ...said, Content: 'x'.repeat(262_144) })],
    ['no sender', xmlElement({ ...said, FromUserName: '' })],
    ['two senders', inside.replace('<MsgType>', '<FromUserName>oX</FromUserName><MsgType>')],
    ['a nested sender', inside.replace('<![CDATA[oLi]]>', '<a>oLi</a>')],
    ['no time', xmlElement({ ...said, CreateTime: '' })],
    ['a time in words', xmlElement({ ...said, CreateTime: 'now' })],
    ['no type', xmlElement({ ...said, MsgType: ' ' })],
    ['no addressee', xmlElement({ ...said, ToUserName: '' })],
    ['an endless sender', xmlElement({ ...said, FromUserName: 'o'.repeat(129) })],
  ])('refuses %s, plain and encrypted', (_name, body) => {
    expect(refusal(() => plain(body))).toBe('wechat.malformed');
    expect(refusal(() => secure(sealed(body)))).toBe('wechat.malformed');
  });

  it.each(['{', '[]', '{"a":1}', '{"__proto__":{"FromUserName":"o"}}', `{"a":${'['.repeat(100_000)}`])(
    'refuses the JSON %.40s',
    (body) => {
      const account2 = { appId: 'wx2', secret: 's', token: 'tok' };
      expect(refusal(() => openPush(signed(), body, account2, 'wechatMini', now))).toBe('wechat.malformed');
    },
  );

  it('is done with 256 kB of the worst, on average within a second', () => {
    const worst = ['<', '<a>', '<![CDATA[', '<![CDATA[]]>', '&lt;', '&', '"\\', '<a></a>', ' ', '<?xml '];
    const began = performance.now();
    for (const piece of worst) {
      const filled = piece.repeat(Math.floor(250_000 / piece.length));
      refusal(() => plain(filled));
      refusal(() => plain(`<xml><Content>${filled}</Content></xml>`));
      refusal(() =>
        openPush(signed(), `{"a":"${filled}`, { appId: 'wx2', secret: 's', token: 'tok' }, 'wechatMini', now),
      );
    }
    expect(performance.now() - began).toBeLessThan(worst.length * 1_000);
  });

  it('answers garbage with a refusal, whatever the garbage', () => {
    const whole = xmlElement(said);
    for (let round = 0; round < 2_000; round += 1) {
      const at = randomInt(whole.length);
      const spoilt = whole.slice(0, at) + String.fromCharCode(randomInt(32, 127)) + whole.slice(at + randomInt(3));
      expect(refusal(() => plain(spoilt))).toMatch(/^(accepted|wechat\.(malformed|foreignApp))$/);
    }
  });
});

describe('replies', () => {
  const reply = (text: string): string => plain(xmlElement(said)).reply(text, now);

  it('throws for a text the platform would not take', () => {
    expect(reply('字'.repeat(682))).toContain('字');
    expect(() => reply('字'.repeat(683))).toThrow(RangeError);
    expect(() => reply(' \n')).toThrow(RangeError);
  });

  it('drops characters XML cannot carry', () => {
    expect(reply('a\u0000\u000Bb\uFFFE')).toContain('<Content><![CDATA[ab]]></Content>');
  });
});
