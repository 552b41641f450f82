import { Command, CommandRunner } from 'nest-commander';
import { schema } from '@linli/journeys';
import { migrate, migrateQueues } from '@linli/platform';
import { say } from './say';
import { Workplace } from './workplace';

@Command({ name: 'migrate', description: 'Bring the schema up to date' })
export class MigrateCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run(): Promise<void> {
    const ran = await this.workplace.withDatabase(async ({ redisUrl }, databaseUrl) => {
      const names = await migrate(databaseUrl, schema);
      await migrateQueues({ databaseUrl, redisUrl });
      return names;
    });
    say(ran.length === 0 ? 'The schema is up to date.' : `Ran ${ran.length} migrations: ${ran.join(', ')}`);
  }
}
