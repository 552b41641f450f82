import type { Writable } from 'node:stream';
import pg, { type PoolClient } from 'pg';

/** A statement, prepared once per connection under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly params: readonly unknown[];
}

/** What PostgreSQL answered to one statement. */
export interface Answered {
  readonly rows: readonly unknown[];
  /** The first word of its command tag: `SELECT`, `COMMIT`, `ROLLBACK`. */
  readonly command: string;
}

interface Waiting extends Statement {
  readonly resolve: (answer: Answered) => void;
  readonly reject: (error: unknown) => void;
}

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

/** The driver's connection as far as a packet speaks to it. */
interface Wire {
  readonly stream: Writable;
  readonly parsedStatements: Readonly<Record<string, string>>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(statement: { readonly name: string; readonly text: string }): void;
  bind(bound: { readonly statement: string; readonly values: readonly unknown[] }): void;
  describe(portal: { readonly type: 'P'; readonly name: string }): void;
  execute(portal: object): void;
  sync(): void;
}

/** Of a statement in a transaction that had failed before. */
export const refusedForAnother = '25P02';

const { utils, types } = pg as unknown as {
  readonly utils: { readonly prepareValue: (value: unknown) => unknown };
  readonly types: { getTypeParser(oid: number, format: 'text'): Column['parse'] };
};

/** What each connection's prepared statements answer with; told once, so that it need not be asked for again. */
const columnsKnown = new WeakMap<Wire, Map<string, readonly Column[]>>();

function columnsOf(wire: Wire): Map<string, readonly Column[]> {
  const known = columnsKnown.get(wire) ?? new Map<string, readonly Column[]>();
  columnsKnown.set(wire, known);
  return known;
}

/**
 * Statements that leave in one write, are answered in one, and cost the server one turn: between them stands no Sync, so
 * when one fails those behind it are not tried and are refused for its sake.
 */
class Packet extends pg.Query {
  declare name: string;
  declare text: string;
  declare callback?: (error: unknown) => void;
  private known = new Map<string, readonly Column[]>();
  private columns: readonly Column[] | null = null;
  private found: unknown[] = [];
  private unread: unknown = null;
  private readonly outcomes: ((waiting: Waiting) => void)[] = [];

  constructor(private readonly statements: readonly Waiting[]) {
    super('');
    this.point();
  }

  override submit = (connection: unknown): null => {
    const wire = connection as Wire;
    this.known = columnsOf(wire);
    wire.stream.cork();
    for (const { name, text, params } of this.statements) {
      if (!(name in wire.parsedStatements) && !(name in wire.submittedNamedStatements)) {
        wire.parse({ name, text });
        wire.submittedNamedStatements[name] = text;
      }
      wire.bind({ statement: name, values: params });
      if (!this.known.has(name)) wire.describe({ type: 'P', name: '' });
      wire.execute({});
    }
    wire.sync();
    wire.stream.uncork();
    return null;
  };

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    this.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: types.getTypeParser(dataTypeID, 'text') }));
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const columns = (this.columns ??= this.known.get(this.name) ?? []);
    const row: Record<string, unknown> = {};
    try {
      for (let at = 0; at < columns.length; at += 1) {
        const { name, parse } = columns[at] as Column;
        const value = fields[at] ?? null;
        row[name] = value === null ? null : parse(value);
      }
    } catch (error) {
      this.unread = error;
    }
    this.found.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    if (!this.known.has(this.name)) this.known.set(this.name, this.columns ?? []);
    const { unread } = this;
    const [command = ''] = text.split(' ', 1);
    const answer = { rows: this.found, command };
    this.outcomes.push(({ resolve, reject }) => (unread === null ? resolve(answer) : reject(unread)));
    this.point();
  }

  handleReadyForQuery(): void {
    this.settle();
    this.callback?.(null);
  }

  handleError(error: unknown, connection: unknown): void {
    const [failed, ...behind] = this.statements.slice(this.outcomes.length);
    this.settle();
    failed?.reject(error);
    const { submittedNamedStatements } = connection as Wire;
    for (const { name, reject } of behind) {
      // It was never prepared.
      Reflect.deleteProperty(submittedNamedStatements, name);
      reject(Object.assign(new Error('not tried: a statement before it had failed'), { code: refusedForAnother }));
    }
    this.callback?.(error);
  }

  /** Looks at the statement whose answer comes next. */
  private point(): void {
    const { name, text } = this.statements[this.outcomes.length] ?? { name: '', text: '' };
    this.name = name;
    this.text = text;
    this.columns = null;
    this.found = [];
    this.unread = null;
  }

  private settle(): void {
    for (const [at, settle] of this.outcomes.entries()) {
      const statement = this.statements[at];
      if (statement) settle(statement);
    }
  }
}

/** One statement by itself, over any connection that takes a query. */
export async function ask(over: { query(packet: pg.Query): unknown }, statement: Statement): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const params = statement.params.map((value) => utils.prepareValue(value));
    const settled = over.query(new Packet([{ ...statement, params, resolve, reject }]));
    // A pool that has no connection to give says so here and nowhere else.
    if (settled instanceof Promise) settled.catch(reject);
  });
}

/** A connection whose statements of one moment leave together. */
export class Line {
  private waiting: Waiting[] = [];
  private atOnce = false;

  constructor(private readonly client: PoolClient) {}

  ask(statement: Statement): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const params = statement.params.map((value) => utils.prepareValue(value));
      // What undoes must be tried whatever became of those before it.
      if (statement.text.startsWith('rollback')) this.leave();
      this.waiting.push({ ...statement, params, resolve, reject });
      if (this.atOnce) this.leave();
      else if (this.waiting.length === 1) process.nextTick(() => this.leave());
    });
  }

  /** From now on nothing waits for company: others speak on the connection too. */
  share(): void {
    this.atOnce = true;
    this.leave();
  }

  private leave(): void {
    if (this.waiting.length === 0) return;
    const packet = new Packet(this.waiting);
    this.waiting = [];
    this.client.query(packet);
  }
}
