import { CommandRunner } from 'nest-commander';

/** A command that only holds others: named alone, it lists them. */
export abstract class GroupCommand extends CommandRunner {
  run(): Promise<void> {
    this.command.help();
  }
}
