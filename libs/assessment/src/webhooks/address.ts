/** Ranges a call from inside could misuse: this machine, private nets, link-local with cloud metadata, multicast. */
const blocked4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
];
/** Of version 6 only global unicast is public, and of that not what carries a version 4 address inside. */
const global6 = /^[23]/;
const tunnels6 = /^(2002:|2001:0{0,4}:|2001:db8:)/;

/** Whether an address is one of the public internet's. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return isPublicAddress(mapped);
  if (address.includes(':')) return global6.test(address) && !tunnels6.test(address.toLowerCase());
  const value = numberOf(address);
  return value !== null && blocked4.every(([net, bits]) => !within(value, net, bits));
}

/** An address of ours to send to: https, no credentials in it; null for any other. */
export function webhookUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url : null;
}

function within(value: number, net: string, bits: number): boolean {
  const size = 2 ** (32 - bits);
  return Math.floor(value / size) === Math.floor((numberOf(net) ?? 0) / size);
}

function numberOf(address: string): number | null {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
