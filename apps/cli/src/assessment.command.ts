import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { AssessmentService } from '@linli/assessment';
import { appendAudit, Clock, Database } from '@linli/platform';
import { GroupCommand } from './group-command';
import { say } from './say';
import { Workplace } from './workplace';

@SubCommand({ name: 'close', arguments: '<period>', description: "Freeze a month's scores: YYYY-MM" })
export class AssessmentCloseCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([period = '']: string[]): Promise<void> {
    const sheets = await this.workplace.run(({ context }) => {
      const assessment = context.get(AssessmentService, { strict: false });
      const now = context.get(Clock, { strict: false }).now();
      return context.get(Database, { strict: false }).transact(async (tx) => {
        const closed = await assessment.close(tx, period, now);
        const actor = { kind: 'system', id: 'operator' } as const;
        await appendAudit(tx, { actor, action: 'assessment.close', subject: `assessment:${period}`, at: now });
        return closed;
      });
    });
    say(`${period} is closed: ${sheets.map((sheet) => `${sheet.items.length} subjects`).join(', ')}`);
  }
}

@Command({ name: 'assessment', description: 'Scores of a period', subCommands: [AssessmentCloseCommand] })
export class AssessmentCommand extends GroupCommand {}
