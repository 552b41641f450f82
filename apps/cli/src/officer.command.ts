import { randomBytes } from 'node:crypto';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { officerRoles, OfficerService, type OfficerEntry, type OfficerRole } from '@linli/directory';
import { Database } from '@linli/platform';
import { CommandFailed } from './command-failed';
import { GroupCommand } from './group-command';
import { readSecret } from './read-secret';
import { say } from './say';
import { Workplace } from './workplace';

interface OfficerFlags {
  readonly account: string;
  readonly name: string;
  readonly role: OfficerRole;
  readonly hall?: string;
  readonly department?: string;
  readonly subdistrict?: string;
  readonly community?: string;
  readonly grid?: string;
  readonly passwordStdin?: boolean;
}

@SubCommand({
  name: 'create',
  description: 'Make an account; the password is made up and shown once, or read from stdin',
})
export class OfficerCreateCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run(_: string[], flags: OfficerFlags): Promise<void> {
    const { account, name, role, hall, department, subdistrict, community, grid, passwordStdin = false } = flags;
    const password = passwordStdin ? await readSecret() : `Linli-${randomBytes(12).toString('base64url')}`;
    const entry: OfficerEntry = {
      account,
      name,
      role,
      ...(hall ? { hallId: hall } : {}),
      ...(department ? { departmentId: department } : {}),
      ...(subdistrict ? { subdistrictId: subdistrict } : {}),
      ...(community ? { communityId: community } : {}),
      ...(grid ? { gridId: grid } : {}),
    };
    await this.workplace.run(({ context }) => {
      const officers = context.get(OfficerService, { strict: false });
      return context.get(Database, { strict: false }).transact((tx) => officers.create(tx, entry, password));
    });
    say(`${account} (${role}) was created.`);
    if (!passwordStdin) say(`Password, shown this once: ${password}`);
  }

  @Option({ flags: '--account <account>', required: true, description: 'Lower-case letters, digits, dots, dashes' })
  parseAccount(text: string): string {
    if (!/^[a-z][a-z0-9.-]{2,31}$/.test(text))
      throw new CommandFailed('--account: 3 to 32 lower-case letters, digits, dots or dashes, a letter first', 2);
    return text;
  }

  @Option({ flags: '--name <name>', required: true, description: "The officer's name" })
  parseName(text: string): string {
    return text;
  }

  @Option({ flags: '--role <role>', required: true, description: officerRoles.join(', ') })
  parseRole(text: string): OfficerRole {
    const role = officerRoles.find((one) => one === text);
    if (!role) throw new CommandFailed(`--role: one of ${officerRoles.join(', ')}`, 2);
    return role;
  }

  @Option({ flags: '--hall <id>', description: 'Service hall' })
  parseHall(text: string): string {
    return text;
  }

  @Option({ flags: '--department <id>', description: 'Department' })
  parseDepartment(text: string): string {
    return text;
  }

  @Option({ flags: '--subdistrict <id>', description: 'Subdistrict' })
  parseSubdistrict(text: string): string {
    return text;
  }

  @Option({ flags: '--community <id>', description: 'Community, of its own officers and those of its grids' })
  parseCommunity(text: string): string {
    return text;
  }

  @Option({ flags: '--grid <id>', description: 'Grid of the community' })
  parseGrid(text: string): string {
    return text;
  }

  @Option({ flags: '--password-stdin', description: 'Read the password from standard input' })
  parsePasswordStdin(): boolean {
    return true;
  }
}

@Command({ name: 'officer', description: "Officers' accounts", subCommands: [OfficerCreateCommand] })
export class OfficerCommand extends GroupCommand {}
