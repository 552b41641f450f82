import type { CatalogueEntry } from '@linli/contracts';
import { partsOf } from './lines';
import { aloud } from './spoken';

/** The guide as it is read to somebody: one sentence a line, nothing that is seen and not said. */
export function guideAloud(entry: CatalogueEntry): string[] {
  const { guide } = entry;
  if (!guide)
    return [`${aloud(entry.name)}。`, sentence(entry.summary), `这件事由${aloud(entry.department.name)}负责。`];
  return [
    `${aloud(entry.name)}。`,
    ...partsOf(entry, guide).flatMap(({ title, lines }) => [`${title}。`, ...lines.map(sentence)]),
  ];
}

function sentence(line: string): string {
  const said = aloud(line);
  return /[。！？]$/.test(said) ? said : `${said}。`;
}
