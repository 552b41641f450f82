import { ephemeralKeys, readConfig } from '@linli/platform';
import { wechatAccounts } from './accounts';
import { fileName } from './file-name';
import { MessageCipher } from './message-cipher';

const keys = ephemeralKeys();
const none = readConfig({});

describe('accounts', () => {
  it('are those of the environment, as soon as there is one', () => {
    const config = readConfig({ WECHAT_MINI_APP_ID: 'wx12345678', WECHAT_MINI_APP_SECRET: 'secret-secret' });
    expect(wechatAccounts(config, keys)).toEqual({
      official: null,
      mini: { appId: 'wx12345678', secret: 'secret-secret' },
      simulated: false,
    });
  });

  it('are otherwise derived from the keys, in the shape of real ones', () => {
    const { official, mini, simulated } = wechatAccounts(none, keys);
    expect(simulated).toBe(true);
    expect(official).toEqual({
      appId: expect.stringMatching(/^wx[0-9a-f]{16}$/),
      secret: expect.stringMatching(/^[0-9a-f]{32}$/),
      originalId: expect.stringMatching(/^gh_[0-9a-f]{12}$/),
      token: expect.stringMatching(/^[A-Za-z0-9]{3,32}$/),
      aesKey: expect.stringMatching(/^[A-Za-z0-9]{43}$/),
    });
    expect(mini).toEqual({
      appId: expect.stringMatching(/^wx[0-9a-f]{16}$/),
      secret: expect.stringMatching(/^[0-9a-f]{32}$/),
      token: expect.stringMatching(/^[A-Za-z0-9]{3,32}$/),
    });
    const values = [...Object.values(official ?? {}), ...Object.values(mini ?? {})];
    expect(new Set(values).size).toBe(values.length);
    const cipher = new MessageCipher(official?.aesKey ?? '', official?.appId ?? '');
    expect(cipher.decrypt(cipher.encrypt('好'))).toBe('好');
  });

  it('are the same in every process with one keys file, and in no other', () => {
    expect(wechatAccounts(none, keys)).toEqual(wechatAccounts(readConfig({ PORT: '4000' }), { ...keys }));
    expect(wechatAccounts(none, keys)).not.toEqual(wechatAccounts(none, ephemeralKeys()));
  });
});

describe('names of files', () => {
  it.each<[string, string, string, string]>([
    ['attachment; filename="abc.jpg"', 'image/jpeg', 'm1', 'abc.jpg'],
    ['attachment; filename=abc.amr', 'voice/amr', 'm1', 'abc.amr'],
    ['attachment; filename="../../etc/passwd"', 'image/png', 'm1', 'passwd'],
    ['attachment; filename="C:\\\\x\\\\照片 1.png"', 'image/png', 'm1', '照片1.png'],
    ['attachment; filename="..."', 'image/png', 'm1', 'm1.png'],
    ['', 'image/jpeg; charset=x', 'm/1', 'm1.jpg'],
    ['', 'application/x-unknown', '', 'media'],
  ])('%s of type %s becomes %s', (disposition, type, fallback, name) => {
    expect(fileName(disposition, type, fallback)).toBe(name);
  });
});
