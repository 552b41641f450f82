import { readFileSync } from 'node:fs';
import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { readCalendarYear } from '@linli/kernel';
import { CalendarYears, Clock, Database } from '@linli/platform';
import { CommandFailed } from './command-failed';
import { GroupCommand } from './group-command';
import { say } from './say';
import { Workplace } from './workplace';

@SubCommand({
  name: 'import',
  arguments: '<file>',
  description: "Import a year's holidays (JSON, as in config/calendar); dates counted without them are counted anew",
})
export class CalendarImportCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([file = '']: string[]): Promise<void> {
    const read = readCalendarYear(jsonOf(file));
    if (!read.ok) {
      for (const problem of read.problems) say(problem);
      throw new CommandFailed(`Nothing was imported: ${read.problems.length} problems in ${file}`);
    }
    const { year } = read;
    await this.workplace.run(async ({ context }) => {
      const [database, years, clock] = [context.get(Database), context.get(CalendarYears), context.get(Clock)];
      await database.transact((tx) => years.import(tx, year, clock.now()));
    });
    const { holidays, makeUpDays } = year;
    say(
      `${year.year}: ${holidays.length} holidays, ${makeUpDays.length} make-up days; all processes follow in a minute`,
    );
  }
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new CommandFailed(`${file} is no readable JSON file`);
  }
}

@Command({
  name: 'calendar',
  description: 'Holidays and make-up days by year',
  subCommands: [CalendarImportCommand],
})
export class CalendarCommand extends GroupCommand {}
