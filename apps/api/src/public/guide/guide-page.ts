import { escapeXml, guideText } from '@linli/catalogue';
import type { CatalogueEntry } from '@linli/contracts';

/** The page behind the code on a printed guide: whether the paper is current, and the guide as it stands. */
export function guidePage(entry: CatalogueEntry, held: number | undefined): string {
  const { id, name, version } = entry;
  const paragraphs = guideText(entry)
    .join('\n')
    .split('\n')
    .map((line) => `<p>${escapeXml(line)}</p>`);
  return [
    '<!doctype html>',
    '<html lang="zh-CN"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(name)}</title></head><body>`,
    `<h1>${escapeXml(name)}</h1>`,
    `<p><strong>${standing(version, held)}</strong></p>`,
    ...paragraphs,
    ...(entry.guide ? [`<p><a href="/api/v1/items/${encodeURIComponent(id)}/guide.pdf">下载打印版</a></p>`] : []),
    '</body></html>',
  ].join('\n');
}

function standing(version: number, held: number | undefined): string {
  if (held === undefined) return `现在是第${version}版。`;
  if (held === version) return `您手里的是第${held}版，是最新的，可以照着办。`;
  if (held < version) return `您手里的是第${held}版，已经旧了。请看下面的第${version}版。`;
  return `没有第${held}版，您手里的可能不是我们印的。请看下面的第${version}版。`;
}
