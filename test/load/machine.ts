import { cpus, release, totalmem } from 'node:os';
import type { Pool } from 'pg';

/** Where the figures were measured. */
export interface Machine {
  readonly date: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly node: string;
  readonly kernel: string;
  readonly postgresql: string;
  readonly fsync: string;
  readonly synchronousCommit: string;
}

export async function machineOf(db: Pool): Promise<Machine> {
  const setting = async (name: string): Promise<string> => {
    const { rows } = await db.query<Record<string, string>>(`show ${name}`);
    return Object.values(rows[0] ?? {})[0] ?? '';
  };
  return {
    date: new Date().toISOString(),
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? '',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    kernel: release(),
    postgresql: await setting('server_version'),
    fsync: await setting('fsync'),
    synchronousCommit: await setting('synchronous_commit'),
  };
}

export function inWords(machine: Machine): string {
  const { cores, processor, memoryGb, node, postgresql, fsync, synchronousCommit, date } = machine;
  return (
    `${cores} cores (${processor}), ${memoryGb} GB, node ${node}, PostgreSQL ${postgresql} ` +
    `(fsync ${fsync}, synchronous_commit ${synchronousCommit}), ${date}`
  );
}
