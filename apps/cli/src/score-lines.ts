import type { Judged, RouteScore, Shares } from '@linli/journeys';

const wordsShown = 60;
const idsShown = 3;

/** A score as lines for the operator. */
export function scoreLines(score: RouteScore): string[] {
  const { none, emergency, human } = score;
  return [
    `${score.texts} texts, ${score.routable} of them mean entries`,
    `first right ${percent(score.first)}, among three ${percent(score.amongThree)}, right end to end ${percent(score.right)}`,
    ...Object.entries({ none, emergency, human }).map(
      ([name, { labelled, precision, recall, f1 }]) =>
        `${name}: ${labelled} texts, precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)}`,
    ),
    '',
    row('style', 'texts', 'first', 'among 3', 'right'),
    ...score.byStyle.map((one) => styleLine(one.style, one)),
  ];
}

/** What went wrong, one line each. */
export function errorLines(judged: readonly Judged[], most: number): string[] {
  const wrong = judged.filter((one) => !one.right);
  const shown = wrong.slice(0, most).map(({ labelled, given }) => {
    const words = Array.from(labelled.text.replace(/\s+/g, ' '));
    const text = words.length > wordsShown ? `${words.slice(0, wordsShown).join('')}…` : words.join('');
    const wanted = typeof labelled.gold === 'string' ? labelled.gold : labelled.gold.join(', ');
    const got = [given.decision, given.ranked.slice(0, idsShown).join(', ')].filter((one) => one !== '').join(': ');
    return `[${labelled.style}] ${text} | wanted ${wanted} | got ${got}`;
  });
  return most === 0 ? [] : ['', `${wrong.length} wrong${wrong.length > most ? `, the first ${most}` : ''}`, ...shown];
}

function styleLine(style: string, { texts, first, amongThree, right }: Shares): string {
  return row(style, String(texts), percent(first), percent(amongThree), percent(right));
}

function row(name: string, ...cells: readonly string[]): string {
  return `${name.padEnd(14)}${cells.map((cell) => cell.padStart(9)).join('')}`;
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`;
}
