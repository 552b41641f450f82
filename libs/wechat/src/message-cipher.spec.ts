import { createCipheriv, randomBytes, randomInt } from 'node:crypto';
import * as peer from '@wecom/crypto';
import { Refusal } from '@linli/kernel';
import { MessageCipher } from './message-cipher';
import { sealReply } from './passive-reply';
import { sameSignature, signatureOf } from './signature';
import { verifyUrl } from './webhook';

const aesKey = 'A'.repeat(43);
const appId = 'wxba5fad812f8e6fb9';
const cipher = new MessageCipher(aesKey, appId);
const pushed =
  '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=';
const pushedPlain =
  '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}';
const replied = 'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==';
const old = {
  key: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  appId: 'wx2c2769f8efd9abc2',
  encrypted:
    'hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=',
};

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('the vectors of the platform', () => {
  it('signs the setting of an address', () => {
    const signature = 'f464b24fc39322e44b38aa78f5edd27bd1441696';
    expect(signatureOf(['AAAAA', '1714036504', '1514711492'])).toBe(signature);
    const query = { signature, timestamp: '1714036504', nonce: '1514711492', echostr: '4375120948345356249' };
    expect(verifyUrl(query, { token: 'AAAAA' }, new Date(1_714_036_504_000))).toBe('4375120948345356249');
  });

  it('opens a push', () => {
    expect(signatureOf(['AAAAA', '1714112445', '415670741'])).toBe('6c5c811b55cc85e0e1b54100749188c20beb3f5d');
    expect(signatureOf(['AAAAA', '1714112445', '415670741', pushed])).toBe('046e02f8204d34f8ba5fa3b1db94908f3df2e9b3');
    expect(cipher.decrypt(pushed)).toBe(pushedPlain);
  });

  it('makes a push', () => {
    const plain = peer.decrypt(aesKey, pushed);
    expect(cipher.encrypt(pushedPlain, plain.random)).toBe(pushed);
  });

  it('makes a reply', () => {
    const random = Buffer.from('707722b803182950');
    expect(cipher.encrypt('{"demo_resp":"good luck"}', random)).toBe(replied);
    const manner = { cipher, token: 'AAAAA', nonce: '415670741' };
    expect(
      JSON.parse(sealReply('{"demo_resp":"good luck"}', 1713424427, { ...manner, format: 'json' }, random)),
    ).toEqual({
      Encrypt: replied,
      MsgSignature: '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1',
      TimeStamp: 1713424427,
      Nonce: '415670741',
    });
    expect(sealReply('{"demo_resp":"good luck"}', 1713424427, { ...manner, format: 'xml' }, random)).toBe(
      `<xml><Encrypt><![CDATA[${replied}]]></Encrypt><MsgSignature><![CDATA[1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1]]></MsgSignature><TimeStamp>1713424427</TimeStamp><Nonce><![CDATA[415670741]]></Nonce></xml>`,
    );
  });

  it('opens the push of the first SDK', () => {
    expect(signatureOf(['spamtest', '1409735669', '1320562132', old.encrypted])).toBe(
      '5d197aaffba7e9b25a30732f161a50dee96bd5fa',
    );
    expect(new MessageCipher(old.key, old.appId).decrypt(old.encrypted)).toContain(
      '<MsgId>6054768590064713728</MsgId>',
    );
  });
});

describe('an independent implementation', () => {
  it('understands and is understood, at every padding', () => {
    const letters = ['邻', '里', ' ', '<xml>', '&amp;', ']]>', '😀', '\n', '0', 'aZ'];
    for (let round = 0; round < 400; round += 1) {
      const id = `wx${randomBytes(8).toString('hex')}`;
      const key = randomBytes(33).toString('base64').replace(/[+/]/g, 'x').slice(0, 43);
      const message = Array.from({ length: round }, () => letters[randomInt(letters.length)]).join('');
      const ours = new MessageCipher(key, id);
      const encrypted = ours.encrypt(message);
      expect(peer.decrypt(key, encrypted)).toMatchObject({ message, id });
      expect(Buffer.from(encrypted, 'base64').length % 32).toBe(0);
      expect(ours.decrypt(peer.encrypt(key, message, id))).toBe(message);
      const [time, nonce] = [String(randomInt(2 ** 31)), String(randomInt(2 ** 31))];
      expect(signatureOf([id, time, nonce, encrypted])).toBe(peer.getSignature(id, time, nonce, encrypted));
    }
  });
});

describe('what is refused', () => {
  const sealed = cipher.encrypt('<xml/>');

  it('refuses a message made for another account', () => {
    expect(refusal(() => cipher.decrypt(new MessageCipher(aesKey, 'wxother').encrypt('<xml/>')))).toBe(
      'wechat.foreignApp',
    );
    expect(refusal(() => cipher.decrypt(new MessageCipher(aesKey, `${appId}0`).encrypt('<xml/>')))).toBe(
      'wechat.foreignApp',
    );
    expect(refusal(() => cipher.decrypt(new MessageCipher(aesKey, '').encrypt('<xml/>')))).toBe('wechat.foreignApp');
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['no base64', '你好'],
    ['base64 with a foreign character', `${sealed.slice(0, 10)}!${sealed.slice(10)}`],
    ['half a block', Buffer.alloc(24, 1).toString('base64')],
    ['a lost block', Buffer.from(sealed, 'base64').subarray(0, 32).toString('base64')],
    ['another key', new MessageCipher('B'.repeat(43), appId).encrypt('<xml/>')],
    ['a message that is no UTF-8', latin1Sealed()],
  ])('refuses %s', (_name, encrypted) => {
    expect(refusal(() => cipher.decrypt(encrypted))).toBe('wechat.malformed');
  });

  it('opens no message of which a byte was changed', () => {
    const bytes = Buffer.from(cipher.encrypt('转账给我'), 'base64');
    for (let at = 32; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(refusal(() => cipher.decrypt(changed.toString('base64')))).toMatch(/^wechat\.(malformed|foreignApp)$/);
    }
  });

  it('wants a key of 43 characters', () => {
    expect(() => new MessageCipher('short', appId)).toThrow('43 characters');
  });

  it('compares signatures of any length', () => {
    expect(sameSignature('abc', 'abc')).toBe(true);
    expect(sameSignature('abc', 'abd')).toBe(false);
    expect(sameSignature('abc', 'abcd')).toBe(false);
    expect(sameSignature('abc', '')).toBe(false);
  });
});

/** A message with a byte that is no UTF-8, which the peer and we never make. */
function latin1Sealed(): string {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const plain = Buffer.concat([randomBytes(16), Buffer.from([0, 0, 0, 1, 0xe9]), Buffer.from(appId)]);
  const padding = 32 - (plain.length % 32);
  const raw = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([raw.update(plain), raw.update(Buffer.alloc(padding, padding)), raw.final()]).toString('base64');
}
