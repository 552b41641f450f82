import { readFileSync } from 'node:fs';
import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { BookingFiles } from '@linli/journeys';
import { Refusal } from '@linli/kernel';
import { GroupCommand } from './group-command';
import { say } from './say';
import { Workplace } from './workplace';

@SubCommand({
  name: 'import',
  arguments: '<file>',
  description: 'Open and renew desks, their hours, seats and rules, and what is booked at them (JSON)',
})
export class BookingImportCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([path = '']: string[]): Promise<void> {
    const json = parse(readFileSync(path, 'utf8'));
    const { desks, offerings } = await this.workplace.run(({ context }) =>
      context.get(BookingFiles, { strict: false }).import(json),
    );
    say(`${desks} desks and ${offerings} offerings were taken; what is booked stays booked`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new Refusal('booking.rulesInvalid', [{ at: 'file', problem: `is not JSON: ${(error as Error).message}` }]);
  }
}

@Command({ name: 'booking', description: 'Desks that can be booked', subCommands: [BookingImportCommand] })
export class BookingCommand extends GroupCommand {}
