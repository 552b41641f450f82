import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { Database, type Tx } from './database';
import { FieldCipher } from './field-cipher';
import { together } from './together';

/** A write as its sender named it: `Idempotency-Key`, within one caller and route. */
export interface RequestKey {
  /** Caller and route. */
  readonly scope: string;
  readonly key: string;
  /** SHA-256 of the body. */
  readonly bodyHash: Buffer;
}

/** The digest two requests with equal bodies share. */
export function bodyHash(body: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest();
}

/**
 * Writes that may be sent again: key and answer are kept in the transaction of the effect, so that a retry after a lost
 * answer, a crash included, gets the same answer and changes nothing. A concurrent duplicate waits for the first.
 */
@Injectable()
export class OnceOnly {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /**
   * Runs `work` in a transaction, once per key; without a key, simply runs it. The result must be JSON. The first
   * statements of the work leave together with the question whether the key is new; when it is not, the work is left at
   * the first answer it waits for, and all of it is undone.
   */
  async perform<T>(request: RequestKey | null, now: Date, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (!request) return this.database.transact(work);
    try {
      return await this.database.transact((tx) => this.first(tx, request, now, work));
    } catch (error) {
      if (!(error instanceof Seen)) throw error;
      return this.kept<T>(request);
    }
  }

  /** Forgets keys older than a day. */
  async clear(): Promise<void> {
    await this.database.sql(
      `delete from platform_idempotency where (scope, key) in
         (select scope, key from platform_idempotency where created_at < now() - interval '24 hours' limit 5000)`,
    );
  }

  private async first<T>(tx: Tx, request: RequestKey, now: Date, work: (tx: Tx) => Promise<T>): Promise<T> {
    const claim = this.claim(tx, request, now);
    const [claimed, worked] = await Promise.allSettled([claim, work(behind(tx, claim))]);
    if (claimed.status === 'rejected') throw claimed.reason;
    if (worked.status === 'rejected') throw worked.reason;
    tx.tell('update platform_idempotency set body = $3 where scope = $1 and key = $2', [
      request.scope,
      request.key,
      this.cipher.seal('idempotency.body', rowId(request), JSON.stringify(worked.value ?? null)),
    ]);
    return worked.value;
  }

  /** Rejects with `Seen` when the key is known. */
  private async claim(tx: Tx, request: RequestKey, now: Date): Promise<void> {
    const first = await tx.sql(
      `insert into platform_idempotency (scope, key, request_hash, created_at) values ($1, $2, $3, $4)
       on conflict (scope, key) do update set request_hash = excluded.request_hash, created_at = excluded.created_at,
         body = null
       where platform_idempotency.created_at < excluded.created_at - interval '24 hours'
       returning key`,
      [request.scope, request.key, request.bodyHash, now],
    );
    if (first.length === 0) throw new Seen();
  }

  private async kept<T>(request: RequestKey): Promise<T> {
    const [row] = await this.database.sql<{ request_hash: Buffer; body: Buffer | null }>(
      'select request_hash, body from platform_idempotency where scope = $1 and key = $2',
      [request.scope, request.key],
    );
    if (!row?.request_hash.equals(request.bodyHash)) throw new Refusal('idempotency.mismatch');
    if (!row.body) throw new Refusal('service.unavailable');
    return JSON.parse(this.cipher.open('idempotency.body', rowId(request), row.body)) as T;
  }
}

/** The key was used before. */
class Seen extends Error {}

/** The transaction as the work sees it: no answer reaches it before the claim stands. */
function behind(tx: Tx, claim: Promise<void>): Tx {
  return {
    get manager() {
      return tx.manager;
    },
    sql: async <R>(text: string, params?: readonly unknown[]) => {
      const [, rows] = await together(claim, tx.sql<R>(text, params));
      return rows;
    },
    tell: (...told) => tx.tell(...told),
  };
}

function rowId(request: RequestKey): string {
  return `${request.scope}/${request.key}`;
}
