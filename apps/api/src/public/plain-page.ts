/** A page that needs no script and no style: it opens on any phone. `lines` are HTML, the title is plain words of ours. */
export function plainPage(title: string, lines: readonly string[]): string {
  return [
    '<!doctype html>',
    '<html lang="zh-CN"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title></head><body>`,
    `<h1>${title}</h1>`,
    ...lines,
    '</body></html>',
  ].join('\n');
}
