import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { AssessmentService, Periods, readCallbacks, Webhooks, type Callback } from '@linli/assessment';
import { DirectoryService } from '@linli/directory';
import { Refusal } from '@linli/kernel';
import { appendAudit, Clock, Database, readTable, TableUnreadable, type Tx } from '@linli/platform';
import { CommandFailed } from './command-failed';
import { GroupCommand } from './group-command';
import { say } from './say';
import { Workplace, type Workbench } from './workplace';

type Rooms = Workbench['context'];

/** Does the work in one transaction, with a line in the audit trail. */
async function recorded<T>(
  context: Rooms,
  action: string,
  period: string,
  work: (tx: Tx, now: Date) => Promise<T>,
): Promise<T> {
  const now = context.get(Clock, { strict: false }).now();
  return context.get(Database, { strict: false }).transact(async (tx) => {
    const done = await work(tx, now);
    const actor = { kind: 'system', id: 'operator' } as const;
    await appendAudit(tx, { actor, action, subject: `assessment:${period}`, at: now });
    return done;
  });
}

@SubCommand({ name: 'preview', arguments: '<period>', description: 'Publish a month for appeals: YYYY-MM' })
export class AssessmentPreviewCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([period = '']: string[]): Promise<void> {
    const until = await this.workplace.run(({ context }) =>
      recorded(context, 'assessment.preview', period, (tx, now) =>
        context.get(Periods, { strict: false }).preview(tx, period, now),
      ),
    );
    say(`${period} is published; units may appeal until ${until.toISOString()}`);
  }
}

@SubCommand({ name: 'close', arguments: '<period>', description: "Freeze a month's scores: YYYY-MM" })
export class AssessmentCloseCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([period = '']: string[]): Promise<void> {
    const sheets = await this.workplace.run(({ context }) =>
      recorded(context, 'assessment.close', period, (tx, now) =>
        context.get(Periods, { strict: false }).close(tx, period, now),
      ),
    );
    say(`${period} is closed: ${sheets.map((sheet) => `${sheet.items.length} subjects`).join(', ')}`);
    say(`sha256 ${sheets[0]?.hash ?? ''}`);
  }
}

@SubCommand({ name: 'recompute', arguments: '<period>', description: 'Reckon a closed month anew from its base rows' })
export class AssessmentRecomputeCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([period = '']: string[]): Promise<void> {
    const { kept, reckoned, same } = await this.workplace.run(({ context }) =>
      context.get(Periods, { strict: false }).recompute(period),
    );
    say(
      same ? `${period} gives the same bytes: sha256 ${kept}` : `${period} differs: kept ${kept}, reckoned ${reckoned}`,
    );
    if (!same) throw new CommandFailed(`${period} differs`);
  }
}

@SubCommand({ name: 'callbacks', arguments: '<file>', description: "Import the hotline's call-backs (CSV or XLSX)" })
export class AssessmentCallbacksCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([path = '']: string[]): Promise<void> {
    const { rows } = await readTable(path).catch((error: unknown) => {
      if (error instanceof TableUnreadable) throw new Refusal('assessment.fileInvalid', error.problems);
      throw error;
    });
    const read = await this.workplace.run(async ({ context }) => {
      const found = readCallbacks(
        rows.map(({ line, cells }) => ({ at: `line ${line}`, cells })),
        await knownUnits(context),
      );
      if (found.problems.length > 0) throw new Refusal('assessment.fileInvalid', found.problems);
      await this.count(context, found.callbacks);
      return found;
    });
    say(`${read.callbacks.length} effective call-backs counted, ${read.skipped} others passed over`);
  }

  private count(context: Rooms, callbacks: readonly Callback[]): Promise<void> {
    return recorded(context, 'assessment.callbacks', 'callbacks', (tx) =>
      context.get(AssessmentService, { strict: false }).countCallbacks(tx, callbacks),
    );
  }
}

@SubCommand({ name: 'add', arguments: '<url>', description: 'Tell an https address of every month that closes' })
export class AssessmentWebhookAddCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([url = '']: string[], { inner = false }: { readonly inner?: boolean } = {}): Promise<void> {
    const secret = await this.workplace.run(({ context }) =>
      recorded(context, 'assessment.webhook', 'webhook', (tx, now) =>
        context.get(Webhooks, { strict: false }).add(tx, url, inner, now),
      ),
    );
    say(`added; messages are signed with ${secret}, which is shown this once`);
  }

  @Option({ flags: '--inner', description: 'It is on the own network: private addresses are allowed' })
  parseInner(): boolean {
    return true;
  }
}

@SubCommand({
  name: 'webhook',
  description: 'Who is told of closed months',
  subCommands: [AssessmentWebhookAddCommand],
})
export class AssessmentWebhookCommand extends GroupCommand {}

/** Units by name and by id. */
async function knownUnits(context: Rooms): Promise<Parameters<typeof readCallbacks>[1]> {
  const directory = context.get(DirectoryService, { strict: false });
  const [departments, subdistricts] = await Promise.all([directory.departments(), directory.subdistricts()]);
  const both = <T>({ id, name }: { id: string; name: string }, unit: T): [string, T][] => [
    [id, unit],
    [name, unit],
  ];
  return {
    departments: new Map(departments.flatMap((one) => both(one, { id: one.id, name: one.name }))),
    subdistricts: new Map(subdistricts.flatMap((one) => both(one, one.id))),
  };
}

@Command({
  name: 'assessment',
  description: 'Scores of a period',
  subCommands: [
    AssessmentPreviewCommand,
    AssessmentCloseCommand,
    AssessmentRecomputeCommand,
    AssessmentCallbacksCommand,
    AssessmentWebhookCommand,
  ],
})
export class AssessmentCommand extends GroupCommand {}
