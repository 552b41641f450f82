import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { newId } from '@linli/kernel';
import { Clock } from '@linli/platform';
import { expectOk, PlatformApi } from './platform-api.service';
import { WechatFailure } from './platform-errors';
import { WechatTokenStore, type HeldToken } from './wechat-token.store';

/** An account as its tokens are fetched. */
export interface Credentials {
  readonly appId: string;
  readonly secret: string;
}

const path = '/cgi-bin/stable_token';
const earlyMs = 300_000;
/** Longer than a call may take, so that only a claimant that died loses its lease. */
const leaseMs = 8_000;
const pauseMs = 100;
const rounds = 90;
/** A platform that hands out the old token shortly before its end is not asked again at every call. */
const gapMs = 10_000;

/**
 * Access tokens by `stable_token`, five minutes early, fetched once per cluster: in a process all callers share one
 * flight, between processes a lease in PostgreSQL lets one fetch while the others use the old token or wait. Nothing
 * is sent inside a transaction, and a refresh is never forced.
 */
@Injectable()
export class AccessTokens {
  private readonly flights = new Map<string, Promise<HeldToken>>();
  /** Read before: one that was dropped elsewhere meanwhile is refused, and then forgotten here too. */
  private readonly atHand = new Map<string, HeldToken>();
  /** The last generation the platform refused: whoever read it before that must not put it back. */
  private readonly refused = new Map<string, number>();

  constructor(
    private readonly store: WechatTokenStore,
    private readonly api: PlatformApi,
    private readonly clock: Clock,
  ) {}

  /** A token that works now, as far as is known. */
  async of(account: Credentials): Promise<HeldToken> {
    const now = this.clock.now();
    const known = this.atHand.get(account.appId);
    if (known && known.refreshAt > now) return known;
    const held = await this.store.read(account.appId);
    if (held !== null && held.refreshAt > now) {
      if (held.generation > (this.refused.get(account.appId) ?? -1)) this.atHand.set(account.appId, held);
      return held;
    }
    const flying = this.flights.get(account.appId);
    if (flying !== undefined) return flying;
    const flight = this.refresh(account).finally(() => this.flights.delete(account.appId));
    this.flights.set(account.appId, flight);
    return flight;
  }

  /** Forgets a token the platform refused, and only that one. */
  async drop(account: Credentials, token: HeldToken): Promise<void> {
    const { appId } = account;
    this.refused.set(appId, Math.max(token.generation, this.refused.get(appId) ?? -1));
    if ((this.atHand.get(appId)?.generation ?? 0) <= token.generation) this.atHand.delete(appId);
    await this.store.drop(appId, token.generation);
  }

  private async refresh(account: Credentials): Promise<HeldToken> {
    const claimant = newId();
    for (let round = 0; round < rounds; round += 1) {
      const now = this.clock.now();
      if (await this.store.claim(account.appId, claimant, now, new Date(now.getTime() + leaseMs))) {
        return this.fetchAsClaimant(account, claimant);
      }
      const held = await this.usable(account);
      if (held !== null) return held;
      await sleep(pauseMs);
    }
    throw new WechatFailure('retry', null, `WeChat ${path}: another process has been fetching for too long`);
  }

  private async fetchAsClaimant(account: Credentials, claimant: string): Promise<HeldToken> {
    try {
      const token = await this.fetch(account);
      // A claimant that lost its lease still holds a good token, one no row can be dropped for.
      const generation = (await this.store.keep(account.appId, claimant, token)) ?? -1;
      return { ...token, generation };
    } catch (error) {
      await this.store.release(account.appId, claimant);
      const held = await this.usable(account);
      if (held === null) throw error;
      return held;
    }
  }

  private async usable(account: Credentials): Promise<HeldToken | null> {
    const held = await this.store.read(account.appId);
    return held !== null && held.expiresAt > this.clock.now() ? held : null;
  }

  private async fetch({ appId, secret }: Credentials): Promise<Omit<HeldToken, 'generation'>> {
    const body = { grant_type: 'client_credential', appid: appId, secret, force_refresh: false };
    const answer = await this.api.call({ path, body });
    // Here 40001 speaks of the secret: there is no token yet that could be wrong.
    if (answer.errcode === 40001) throw new WechatFailure('config', 40001, `WeChat ${path} refused the secret`);
    const { access_token: value, expires_in: seconds } = expectOk(path, answer).fields;
    if (typeof value !== 'string' || value === '' || typeof seconds !== 'number') {
      throw new WechatFailure('retry', null, `WeChat ${path} answered no token`);
    }
    const now = this.clock.now().getTime();
    const expiresAt = new Date(now + seconds * 1_000);
    return { value, expiresAt, refreshAt: new Date(Math.max(expiresAt.getTime() - earlyMs, now + gapMs)) };
  }
}
