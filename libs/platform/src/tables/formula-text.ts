// What spreadsheets take for the beginning of a formula, and the quote that stops them.
const begins = /^'*[=+\-@\t\r＝＋－＠]/;

/** A text as it may stand in a CSV file that somebody opens in a spreadsheet: never as a formula. */
export function guarded(text: string): string {
  return begins.test(text) ? `'${text}` : text;
}

/** The reverse of `guarded`. */
export function unguarded(text: string): string {
  return text.startsWith("'") && begins.test(text) ? text.slice(1) : text;
}
