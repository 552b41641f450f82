import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { Database, type Tx } from './database';
import { FieldCipher } from './field-cipher';

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

  /** Runs `work` in a transaction, once per key; without a key, simply runs it. The result must be JSON. */
  async perform<T>(request: RequestKey | null, now: Date, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transact(async (tx) => {
      if (!request) return work(tx);
      const first = await tx.sql(
        `insert into platform_idempotency (scope, key, request_hash, created_at) values ($1, $2, $3, $4)
         on conflict (scope, key) do update set request_hash = excluded.request_hash, created_at = excluded.created_at,
           body = null
         where platform_idempotency.created_at < excluded.created_at - interval '24 hours'
         returning key`,
        [request.scope, request.key, request.bodyHash, now],
      );
      if (first.length === 0) return this.kept<T>(tx, request);
      const result = await work(tx);
      await tx.sql('update platform_idempotency set body = $3 where scope = $1 and key = $2', [
        request.scope,
        request.key,
        this.cipher.seal('idempotency.body', rowId(request), JSON.stringify(result ?? null)),
      ]);
      return result;
    });
  }

  /** Forgets keys older than a day. */
  async clear(): Promise<void> {
    await this.database.sql(
      `delete from platform_idempotency where (scope, key) in
         (select scope, key from platform_idempotency where created_at < now() - interval '24 hours' limit 5000)`,
    );
  }

  private async kept<T>(tx: Tx, request: RequestKey): Promise<T> {
    const [row] = await tx.sql<{ request_hash: Buffer; body: Buffer | null }>(
      'select request_hash, body from platform_idempotency where scope = $1 and key = $2',
      [request.scope, request.key],
    );
    if (!row?.request_hash.equals(request.bodyHash)) throw new Refusal('idempotency.mismatch');
    if (!row.body) throw new Refusal('service.unavailable');
    return JSON.parse(this.cipher.open('idempotency.body', rowId(request), row.body)) as T;
  }
}

function rowId(request: RequestKey): string {
  return `${request.scope}/${request.key}`;
}
