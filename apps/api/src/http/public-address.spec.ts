import { readConfig } from '@linli/platform';
import { PublicAddress } from './public-address';

const request = (host?: string): Parameters<PublicAddress['of']>[0] => ({
  protocol: 'http',
  hostname: (host ?? '').replace(/:\d+$/, ''),
  get: ((name: string) => (name === 'host' ? host : undefined)) as never,
});
const cluster = 'postgresql://linli@db/linli';

describe('the public address', () => {
  it.each<[string, string | null, string | null, string | undefined, string | null]>([
    ['as it was set', 'https://linli.example.gov.cn', cluster, 'evil.example', 'https://linli.example.gov.cn/a'],
    ['as it was set, on one machine too', 'https://linli.example.gov.cn', null, 'x', 'https://linli.example.gov.cn/a'],
    ['the host that was asked, on one machine', null, null, '192.168.1.8:3000', 'http://192.168.1.8:3000/a'],
    ['the loopback in development', null, cluster, '127.0.0.1:3000', 'http://127.0.0.1:3000/a'],
    ['none for a host anybody may name', null, cluster, 'evil.example', null],
    ['none without a host', null, null, undefined, null],
  ])('is %s', (_what, publicUrl, databaseUrl, host, address) =>
    expect(new PublicAddress({ publicUrl, databaseUrl }).of(request(host), '/a')).toBe(address),
  );

  it('is read without the slash at its end, and refused when it is none', () => {
    expect(readConfig({ PUBLIC_URL: 'https://a.example/linli/' }).publicUrl).toBe('https://a.example/linli');
    expect(readConfig({}).publicUrl).toBeNull();
    for (const PUBLIC_URL of ['a.example', 'ftp://a.example', 'https://a.example/?q=1'])
      expect(() => readConfig({ PUBLIC_URL })).toThrow(/PUBLIC_URL/);
  });
});
