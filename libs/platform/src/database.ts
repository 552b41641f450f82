import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { types, type Pool, type PoolClient } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { ask, Line, refusedForAnother, type Statement } from './packet';

// A civil date must stay the text PostgreSQL sent: the driver's default turns it into midnight of this machine's zone.
types.setTypeParser(types.builtins.DATE, (text) => text);

/** One open transaction: what a store needs in order to write. Made by `Database.transact` alone. */
export interface Tx {
  readonly manager: EntityManager;
  /**
   * Runs one statement, prepared once per connection under a name derived from its text. Statements that do not need each
   * other's answers should be awaited together: they then leave in one packet, and still run in their order.
   */
  sql<R>(text: string, params?: readonly unknown[]): Promise<R[]>;
  /**
   * Runs one statement whose answer nobody needs: it leaves with what follows, the commit at the latest, in its order.
   * Should it fail, the transaction fails with its error, or with what `insteadOf` makes of it.
   */
  tell(text: string, params?: readonly unknown[], insteadOf?: (error: unknown) => unknown): void;
}

const retryable = new Set(['40001', '40P01']);
const statementNames = new Map<string, string>();

function statementName(text: string): string {
  const known = statementNames.get(text);
  if (known) return known;
  const name = `s_${createHash('sha1').update(text).digest('hex').slice(0, 24)}`;
  statementNames.set(text, name);
  return name;
}

function statementOf(text: string, params: readonly unknown[] = []): Statement {
  return { name: statementName(text), text, params };
}

/** How much had been told at each savepoint: what fails after it concerns nobody once it is rolled back to. */
function savepointsOf(told: Promise<unknown>[]): (text: string) => void {
  const marks = new Map<string, number>();
  return (text) => {
    const [, back, name = ''] = /^(rollback to )?savepoint (\w+)$/.exec(text) ?? [];
    if (name === '') return;
    if (back === undefined) marks.set(name, told.length);
    else told.length = marks.get(name) ?? told.length;
  };
}

function txOf(runner: QueryRunner, line: Line, told: Promise<unknown>[]): Tx {
  const heed = savepointsOf(told);
  const sql = async <R>(text: string, params?: readonly unknown[]): Promise<R[]> => {
    heed(text);
    return (await line.ask(statementOf(text, params))).rows as R[];
  };
  return {
    get manager() {
      line.share();
      return runner.manager;
    },
    sql,
    tell: (text, params, insteadOf = (error) => error) => {
      const answer = line.ask(statementOf(text, params)).catch((error: unknown) => {
        throw insteadOf(error);
      });
      answer.catch(() => undefined);
      told.push(answer);
    },
  };
}

/** What made a transaction fail: once a statement has failed, those behind it are refused for its sake. */
async function causeOf(error: unknown, told: readonly Promise<unknown>[]): Promise<unknown> {
  if (sqlState(error) !== refusedForAnother) return error;
  const settled = await Promise.allSettled(told);
  const failed = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  return failed.find((reason) => sqlState(reason) !== refusedForAnother) ?? error;
}

/** The PostgreSQL error code of a failed statement, or null when the failure was another. */
export function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** PostgreSQL as the house uses it: statements outside a transaction, and transactions that cannot be nested or forgotten. */
@Injectable()
export class Database {
  private readonly open = new AsyncLocalStorage<true>();

  constructor(readonly dataSource: DataSource) {}

  /** One statement in its own implicit transaction. */
  async sql<R>(text: string, params: readonly unknown[] = []): Promise<R[]> {
    return (await ask(this.pool, statementOf(text, params))).rows as R[];
  }

  /**
   * Runs `work` in one transaction: commits when it returns, rolls back when it throws. A deadlock or serialisation
   * failure is tried again, at most three times in all, so `work` must change nothing outside the transaction.
   */
  async transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.open.getStore()) throw new Error('database.transact must not be nested: pass the Tx on');
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.open.run(true, () => this.once(work));
      } catch (error) {
        if (attempt >= 3 || !retryable.has(sqlState(error) ?? '')) throw error;
      }
    }
  }

  private async once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const line = new Line(client);
      // It leaves with the first statement of the work; should it fail, so does that one.
      const told: Promise<unknown>[] = [line.ask(statementOf('begin'))];
      told[0]?.catch(() => undefined);
      try {
        const result = await work(txOf(runner, line, told));
        const [{ command }] = await Promise.all([line.ask(statementOf('commit')), ...told]);
        // PostgreSQL answers so when a statement failed and the work went on as if it had not.
        if (command === 'ROLLBACK') throw new Error('the transaction had failed before it was committed');
        return result;
      } catch (error) {
        // A connection that died cannot be rolled back; PostgreSQL has done it, and the first error is the one worth hearing.
        await line.ask(statementOf('rollback')).catch(() => undefined);
        throw await causeOf(error, told);
      }
    } finally {
      await runner.release();
    }
  }

  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }
}
