import type { Represented } from './booking';

/** What tells one person from another, before it is digested: an identity number, else phone and name, else the name an agent gave. */
export function personWords({ name, idNumber, phone }: Represented, agentId: string): string {
  if (idNumber !== undefined) return `id/${idNumber.toUpperCase()}`;
  return phone === undefined ? `of/${agentId}/${name}` : `phone/${phone}/${name}`;
}

/** A digest as the key of a person; residents who come themselves are their own key. */
export function personKey(digest: Buffer): string {
  const hex = digest.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
