import { createHmac } from 'node:crypto';
import { newId } from '@linli/kernel';
import type { Database, Tx } from './database';

export interface AuditActor {
  readonly kind: 'officer' | 'resident' | 'system' | 'apiKey';
  readonly id: string;
}

/** One thing someone did or saw. `detail` holds no names, numbers or addresses: ids and field names only. */
export interface AuditEntry {
  readonly actor: AuditActor;
  /** `case.accept`, `case.reveal`. */
  readonly action: string;
  /** What it was done to: `case:<id>`. */
  readonly subject: string;
  readonly detail?: Record<string, unknown>;
  readonly at: Date;
}

/**
 * Appends an audit row in the transaction of the act, without waiting for its answer; the worker seals rows into the
 * chain afterwards.
 */
export function appendAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  tx.tell(
    `insert into platform_audit (id, at, actor_kind, actor_id, action, subject, detail)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      newId(),
      entry.at,
      entry.actor.kind,
      entry.actor.id,
      entry.action,
      entry.subject,
      JSON.stringify(entry.detail ?? {}),
    ],
  );
  return Promise.resolve();
}

/** Appends many audit rows with one statement, in their order. */
export function appendAudits(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return Promise.resolve();
  tx.tell(
    `insert into platform_audit (id, at, actor_kind, actor_id, action, subject, detail)
     select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[])`,
    [
      entries.map(() => newId()),
      entries.map((one) => one.at),
      entries.map((one) => one.actor.kind),
      entries.map((one) => one.actor.id),
      entries.map((one) => one.action),
      entries.map((one) => one.subject),
      entries.map((one) => JSON.stringify(one.detail ?? {})),
    ],
  );
  return Promise.resolve();
}

interface Link {
  readonly id: string;
  readonly seq: string | null;
  readonly text: string;
  readonly mac: Buffer | null;
}

const linkText = `concat_ws(E'\\x1f', id, extract(epoch from at), actor_kind, actor_id, action, subject, detail::text)`;
const genesis = Buffer.alloc(32);

function linkMac(key: Buffer, previous: Buffer, seq: bigint, text: string): Buffer {
  return createHmac('sm3', key).update(previous).update(`${seq}\x1f`).update(text, 'utf8').digest();
}

/**
 * Seals unsealed rows, oldest first, into one HMAC-SM3 chain: each link covers the row and the link before it, so that
 * a row changed or removed later is found. One sealer at a time; returns how many were sealed.
 */
export async function sealAudit(database: Database, key: Buffer, limit = 500): Promise<number> {
  return database.transact(async (tx) => {
    const [head] = await tx.sql<{ seq: string; mac: Buffer }>('select seq, mac from platform_audit_head for update');
    const links = await tx.sql<Link>(
      `select id, seq, ${linkText} as text, mac from platform_audit where seq is null order by id limit $1`,
      [limit],
    );
    if (links.length === 0) return 0;
    let previous = head?.mac ?? genesis;
    let seq = BigInt(head?.seq ?? 0);
    const macs: Buffer[] = [];
    const seqs: string[] = [];
    for (const link of links) {
      seq += 1n;
      previous = linkMac(key, previous, seq, link.text);
      macs.push(previous);
      seqs.push(seq.toString());
    }
    await tx.sql(
      `update platform_audit a set seq = s.seq, mac = s.mac
       from unnest($1::uuid[], $2::bigint[], $3::bytea[]) as s(id, seq, mac) where a.id = s.id`,
      [links.map((link) => link.id), seqs, macs],
    );
    await tx.sql('update platform_audit_head set seq = $1, mac = $2', [seq.toString(), previous]);
    return links.length;
  });
}

/** What the check of the chain found; `brokenAt` is the first position that does not fit. */
export interface AuditCheck {
  readonly sealed: number;
  readonly brokenAt: string | null;
}

/** Recomputes the whole chain in batches and compares it with what is stored, the head included. */
export async function checkAudit(database: Database, key: Buffer): Promise<AuditCheck> {
  let previous: Buffer = genesis;
  let seq = 0n;
  for (;;) {
    const links = await database.sql<Link>(
      `select id, seq, ${linkText} as text, mac from platform_audit where seq > $1 order by seq limit 2000`,
      [seq.toString()],
    );
    if (links.length === 0) break;
    for (const link of links) {
      seq += 1n;
      const expected = linkMac(key, previous, seq, link.text);
      if (link.seq !== seq.toString() || !link.mac?.equals(expected))
        return { sealed: Number(seq), brokenAt: seq.toString() };
      previous = expected;
    }
  }
  const [head] = await database.sql<{ seq: string; mac: Buffer }>('select seq, mac from platform_audit_head');
  const whole = head !== undefined && head.seq === seq.toString() && head.mac.equals(previous);
  return { sealed: Number(seq), brokenAt: whole ? null : 'head' };
}
