import { Command, CommandRunner } from 'nest-commander';
import { Verification } from '@linli/journeys';
import { CommandFailed } from './command-failed';
import { say } from './say';
import { Workplace } from './workplace';

@Command({ name: 'verify', description: 'Check live data for what must never be; exit 1 when anything is found' })
export class VerifyCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run(): Promise<void> {
    const found = await this.workplace.run(({ context }) => context.get(Verification, { strict: false }).run());
    for (const sentence of found) say(sentence);
    if (found.length > 0) throw new CommandFailed(`${found.length} things are wrong`);
    say('All is sound: numbers, cases, bookings, catalogue, ratings, deliveries, inbox, outbox, audit chain.');
  }
}
