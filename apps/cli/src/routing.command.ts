import { readFileSync } from 'node:fs';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { CatalogueService } from '@linli/catalogue';
import type { CatalogueEntry } from '@linli/contracts';
import { answerOf, judge, readLabelled, scoreOf, type LabelledText } from '@linli/journeys';
import { CommandFailed } from './command-failed';
import { GroupCommand } from './group-command';
import { say } from './say';
import { errorLines, scoreLines } from './score-lines';
import { laidOver, readRows, standsAlone } from './scored-catalogue';
import { Workplace } from './workplace';

interface ScoreFlags {
  readonly errors?: number;
  readonly catalogue?: string;
}

const errorsShown = 10;
const problemsShown = 20;

@SubCommand({
  name: 'score',
  arguments: '<file>',
  description: 'Hold the published catalogue against labelled texts (JSON lines: text, gold)',
})
export class RoutingScoreCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([file = '']: string[], { errors = errorsShown, catalogue }: ScoreFlags): Promise<void> {
    const { texts, problems } = readLabelled(readFileSync(file, 'utf8'));
    problems.slice(0, problemsShown).forEach((problem) => say(problem));
    if (problems.length > 0)
      throw new CommandFailed(`Nothing was scored: ${problems.length} lines of ${file} must be mended`);
    if (texts.length === 0) throw new CommandFailed(`${file} has no labelled text`);
    const entries = await this.entries(catalogue);
    const known = new Set(entries.map(({ id }) => id));
    const strangers = [...new Set(texts.flatMap(({ gold }) => (typeof gold === 'string' ? [] : gold)))].filter(
      (id) => !known.has(id),
    );
    if (strangers.length > 0) say(`Not in the catalogue, so never right: ${strangers.join(', ')}`);
    const judged = await judgeAll(texts, entries);
    [...scoreLines(scoreOf(judged)), ...errorLines(judged, errors)].forEach((line) => say(line));
  }

  @Option({ flags: '--errors <number>', description: 'How many wrong answers to list (10)' })
  parseErrors(value: string): number {
    const number = Number(value);
    if (!Number.isInteger(number) || number < 0) throw new CommandFailed('--errors takes a whole number');
    return number;
  }

  @Option({
    flags: '--catalogue <file>',
    description:
      'Score with this catalogue file before it is imported; rows of id and phrasings add to what is published',
  })
  parseCatalogue(value: string): string {
    return value;
  }

  private async entries(file: string | undefined): Promise<readonly CatalogueEntry[]> {
    const rows = file === undefined ? [] : readRows(readFileSync(file, 'utf8'));
    if (file !== undefined && standsAlone(rows)) return laidOver([], rows);
    const published = await this.workplace.run(async ({ context }) => {
      const catalogue = context.get(CatalogueService, { strict: false });
      await catalogue.refresh();
      return catalogue.current().entries;
    });
    if (published.length === 0) throw new CommandFailed('No catalogue is published yet: import one first');
    return laidOver(published, rows);
  }
}

/** By path, as the journeys do: every other command would load the dictionaries otherwise. */
async function judgeAll(
  texts: readonly LabelledText[],
  entries: readonly CatalogueEntry[],
): Promise<ReturnType<typeof judge>[]> {
  const { buildRouter, routeTextLimit } = await import('../../../libs/routing/src/index');
  const router = buildRouter(entries);
  return texts.map((labelled) => {
    const tooLong = Array.from(labelled.text).length > routeTextLimit;
    return judge(labelled, tooLong ? { decision: 'none', ranked: [] } : answerOf(router.route(labelled.text)));
  });
}

@Command({ name: 'routing', description: 'How residents are understood', subCommands: [RoutingScoreCommand] })
export class RoutingCommand extends GroupCommand {}
