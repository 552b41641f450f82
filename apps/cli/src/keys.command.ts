import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { newKeysFile } from '@linli/platform';
import { CommandFailed } from './command-failed';
import { GroupCommand } from './group-command';
import { say } from './say';

@SubCommand({ name: 'create', arguments: '<file>', description: 'Write a new keys file (mode 0600)' })
export class KeysCreateCommand extends CommandRunner {
  run([file = '']: string[]): Promise<void> {
    mkdirSync(dirname(file), { recursive: true });
    try {
      writeFileSync(file, newKeysFile(), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw new CommandFailed(
        `${file} exists already: keys are never overwritten, since what they sealed would be lost`,
      );
    }
    say(`${file} was written. Back it up apart from the database: without it nothing that is sealed can be read.`);
    return Promise.resolve();
  }
}

@Command({ name: 'keys', description: 'Encryption, token and audit keys', subCommands: [KeysCreateCommand] })
export class KeysCommand extends GroupCommand {}
