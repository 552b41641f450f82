const decoration = /[\s\p{P}\p{S}]/u;
const allDecoration = /[\s\p{P}\p{S}]/gu;
/** By character code, 0 while unknown: 1 stays, 2 goes or is half of a character. */
const kinds = new Uint8Array(0x10000);

function stays(code: number): boolean {
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  kinds[code] ||= isHalf || decoration.test(String.fromCharCode(code)) ? 2 : 1;
  return kinds[code] === 1;
}

/** A text without blanks, marks and signs. */
export function bareOf(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    if (!stays(text.charCodeAt(at))) return text.replace(allDecoration, '');
  }
  return text;
}
