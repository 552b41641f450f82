const separators = /[\s\-‐-―－﹣_.·()（）]/g;
const fullWidth = /[０-９Ａ-Ｚａ-ｚ＋]/g;

/** Text people typed or pasted as a number: full-width signs made plain, spaces, dashes and brackets left out, letters capital. */
export function plainDigits(text: string): string {
  return text
    .replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(separators, '')
    .toUpperCase();
}
