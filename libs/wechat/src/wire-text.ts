/** Bytes of text the platform takes in one message. */
export const textLimitBytes = 2_048;

/**
 * Text that XML, JSON and PostgreSQL can all carry: without control characters but for tab and line ends, and with
 * halves of a broken character replaced. Phones do send both.
 */
export function wellFormed(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '').replace(/\p{Cs}/gu, '\uFFFD');
}

/** The first `limit` UTF-16 units, less one where the cut would halve a character. */
export function cutAt(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

/** A flat `<xml>` element: text as CDATA, numbers bare. */
export function xmlElement(fields: Readonly<Record<string, string | number>>): string {
  const elements = Object.entries(fields).map(
    ([name, value]) => `<${name}>${typeof value === 'number' ? value : cdata(value)}</${name}>`,
  );
  return `<xml>${elements.join('')}</xml>`;
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
