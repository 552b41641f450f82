import { Injectable } from '@nestjs/common';
import { Database, FieldCipher } from '@linli/platform';

/** An access token as the cluster holds it. */
export interface HeldToken {
  readonly value: string;
  /** Counts the tokens fetched for the account: names this one without comparing secrets. */
  readonly generation: number;
  /** When a new one is due, while this one still works. */
  readonly refreshAt: Date;
  readonly expiresAt: Date;
}

interface TokenRow {
  readonly token: Buffer;
  readonly generation: number;
  readonly refresh_at: Date;
  readonly expires_at: Date;
}

const column = 'wechat_token.token';

/** Access tokens shared by all processes, sealed, with a lease for whoever fetches the next one. */
@Injectable()
export class WechatTokenStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async read(appId: string): Promise<HeldToken | null> {
    const [row] = await this.database.sql<TokenRow>(
      'select token, generation, refresh_at, expires_at from wechat_token where app_id = $1 and token is not null',
      [appId],
    );
    if (row === undefined) return null;
    const value = this.cipher.open(column, appId, row.token);
    return { value, generation: row.generation, refreshAt: row.refresh_at, expiresAt: row.expires_at };
  }

  /** Takes the lease unless somebody holds it or a fresh token came meanwhile; one statement, so one claimant wins. */
  async claim(appId: string, claimant: string, now: Date, until: Date): Promise<boolean> {
    const rows = await this.database.sql(
      `insert into wechat_token as held (app_id, claimed_by, claimed_until) values ($1, $2, $4)
       on conflict (app_id) do update set claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
       where (held.claimed_until is null or held.claimed_until <= $3)
         and (held.refresh_at is null or held.refresh_at <= $3)
       returning app_id`,
      [appId, claimant, now, until],
    );
    return rows.length === 1;
  }

  /** Keeps a fetched token and ends the lease; null when the lease had passed to another. */
  async keep(appId: string, claimant: string, token: Omit<HeldToken, 'generation'>): Promise<number | null> {
    const [row] = await this.database.sql<{ generation: number }>(
      `update wechat_token set token = $3, generation = generation + 1, refresh_at = $4, expires_at = $5,
         claimed_by = null, claimed_until = null
       where app_id = $1 and claimed_by = $2 returning generation`,
      [appId, claimant, this.cipher.seal(column, appId, token.value), token.refreshAt, token.expiresAt],
    );
    return row?.generation ?? null;
  }

  /** Gives the lease back without a token. */
  async release(appId: string, claimant: string): Promise<void> {
    await this.database.sql(
      'update wechat_token set claimed_by = null, claimed_until = null where app_id = $1 and claimed_by = $2',
      [appId, claimant],
    );
  }

  /** Forgets this token and no later one. */
  async drop(appId: string, generation: number): Promise<void> {
    await this.database.sql(
      `update wechat_token set token = null, refresh_at = null, expires_at = null
       where app_id = $1 and generation = $2`,
      [appId, generation],
    );
  }
}
