import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { DirectoryService, type ApiKeyRole } from '@linli/directory';
import { Clock, Database } from '@linli/platform';
import { CommandFailed } from './command-failed';
import { GroupCommand } from './group-command';
import { say } from './say';
import { Workplace } from './workplace';

@SubCommand({ name: 'create', arguments: '<name>', description: 'Make a key for a program; shown once' })
export class ApiKeyCreateCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([name = '']: string[], { role }: { readonly role: ApiKeyRole }): Promise<void> {
    const key = await this.workplace.run(({ context }) => {
      const directory = context.get(DirectoryService, { strict: false });
      const now = context.get(Clock, { strict: false }).now();
      return context.get(Database, { strict: false }).transact((tx) => directory.createApiKey(tx, name, role, now));
    });
    say(`Key of ${name} (${role}), shown this once: ${key}`);
  }

  @Option({ flags: '--role <role>', required: true, description: 'assessor, open311' })
  parseRole(text: string): ApiKeyRole {
    if (text !== 'assessor' && text !== 'open311') throw new CommandFailed('--role: assessor or open311', 2);
    return text;
  }
}

@Command({ name: 'api-key', description: "Programs' keys", subCommands: [ApiKeyCreateCommand] })
export class ApiKeyCommand extends GroupCommand {}
