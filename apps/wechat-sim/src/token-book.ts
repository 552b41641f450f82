import { randomBytes } from 'node:crypto';
import { BoundedMap } from './bounded-map';
import { PlatformError } from './platform-error';

/** Which of the two accounts a token speaks for. */
export type AppKind = 'official' | 'mini';

interface Token {
  readonly app: AppKind;
  readonly value: string;
  readonly issuedAt: number;
  expiresAt: number;
  /** Replaced tokens turn invalid (40001), old ones expire (42001). */
  replaced: boolean;
}

const lifeMs = 7_200_000;
const overlapMs = 300_000;
const forcedGapMs = 30_000;
const forcedPerDay = 20;
const dayMs = 86_400_000;

/** Issues access tokens as the platform does; stable and plain tokens do not disturb one another. */
export class TokenBook {
  private readonly known = new BoundedMap<Token>(2_000);
  private readonly current = new Map<string, Token>();
  private readonly forcedAt = new Map<AppKind, number[]>();

  constructor(private readonly now: () => number) {}

  /** `stable_token`: the same token until five minutes before its end, or a new one when forced (at most every 30 s, 20 a day). */
  stable(app: AppKind, force: boolean): { access_token: string; expires_in: number } {
    const held = this.current.get(`stable:${app}`);
    if (force) this.countForced(app);
    const fresh = held !== undefined && !force && held.expiresAt - this.now() > overlapMs;
    return this.answer(fresh ? held : this.issue('stable', app));
  }

  /** `token`: every call makes a new one, the one before it lives five minutes more. */
  plain(app: AppKind): { access_token: string; expires_in: number } {
    return this.answer(this.issue('plain', app));
  }

  /** The account a token speaks for; 41001, 40001 or 42001 otherwise. */
  check(value: string | undefined): AppKind {
    if (value === undefined || value === '') throw new PlatformError(41001);
    const token = this.known.get(value);
    if (token === undefined) throw new PlatformError(40001);
    if (token.expiresAt <= this.now()) throw new PlatformError(token.replaced ? 40001 : 42001);
    return token.app;
  }

  /** Ends every token at once, as a leaked-secret reset or a two-hour pause would. */
  expireAll(): void {
    for (const token of this.known.values()) token.expiresAt = this.now();
    this.current.clear();
  }

  private issue(family: 'stable' | 'plain', app: AppKind): Token {
    const now = this.now();
    const previous = this.current.get(`${family}:${app}`);
    if (previous !== undefined) {
      previous.expiresAt = Math.min(previous.expiresAt, now + overlapMs);
      previous.replaced = true;
    }
    const value = `${family === 'stable' ? 9 : 8}_${randomBytes(66).toString('base64url')}`;
    const token: Token = { app, value, issuedAt: now, expiresAt: now + lifeMs, replaced: false };
    this.known.set(value, token);
    this.current.set(`${family}:${app}`, token);
    return token;
  }

  private countForced(app: AppKind): void {
    const now = this.now();
    const recent = (this.forcedAt.get(app) ?? []).filter((at) => now - at < dayMs);
    if (recent.some((at) => now - at < forcedGapMs)) throw new PlatformError(45011);
    if (recent.length >= forcedPerDay) throw new PlatformError(45009);
    this.forcedAt.set(app, [...recent, now]);
  }

  private answer(token: Token): { access_token: string; expires_in: number } {
    return { access_token: token.value, expires_in: Math.floor((token.expiresAt - this.now()) / 1000) };
  }
}
