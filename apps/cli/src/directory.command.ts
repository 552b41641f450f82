import { readFileSync } from 'node:fs';
import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { DirectoryService } from '@linli/directory';
import { Refusal } from '@linli/kernel';
import { Database } from '@linli/platform';
import { GroupCommand } from './group-command';
import { say } from './say';
import { Workplace } from './workplace';

@SubCommand({ name: 'import', arguments: '<file>', description: "Import a district's tree (JSON)" })
export class DirectoryImportCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([path = '']: string[]): Promise<void> {
    const json = parse(readFileSync(path, 'utf8'));
    const file = await this.workplace.run(async ({ context }) => {
      const directory = context.get(DirectoryService, { strict: false });
      const read = directory.read(json);
      await context.get(Database, { strict: false }).transact((tx) => directory.save(tx, read));
      return read;
    });
    const communities = file.subdistricts.flatMap((one) => one.communities).length;
    say(
      `${file.district.name}: ${file.subdistricts.length} subdistricts, ${communities} communities, ` +
        `${file.departments.length} departments, ${file.halls.length} halls`,
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new Refusal('directory.invalid', [{ at: 'file', problem: `is not JSON: ${(error as Error).message}` }]);
  }
}

@Command({ name: 'directory', description: 'Subdistricts, departments, halls', subCommands: [DirectoryImportCommand] })
export class DirectoryCommand extends GroupCommand {}
