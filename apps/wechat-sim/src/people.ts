import { randomBytes } from 'node:crypto';
import { BoundedMap } from './bounded-map';
import type { QuotaWindow } from './custom-quota';

/** One WeChat user as both accounts know them; times in milliseconds of platform time. */
export interface Person {
  /** Towards the official account. */
  readonly openid: string;
  /** Towards the mini-program: another id, as on the real platform. */
  readonly miniOpenid: string;
  readonly unionid: string;
  readonly nickname: string;
  following: boolean;
  followedAt: number;
  /** The scene of the code last scanned. */
  scene: string;
  windows: QuotaWindow[];
  lastMessageAt: number;
  typingUntil: number;
  /** Last seen in the mini-program; content checks demand two hours. */
  lastInMiniAt: number;
  sessionKey: string;
  /** Subscribe messages still allowed, by template. */
  readonly consents: Map<string, number>;
}

/** Everyone the stand-in knows; past 20,000 the earliest are forgotten. */
export class People {
  private readonly byOfficial = new BoundedMap<Person>(20_000);
  private readonly byMini = new BoundedMap<Person>(20_000);

  /** Creates a person, or returns the one who holds the openid already. */
  create(wish: {
    openid?: string | undefined;
    miniOpenid?: string | undefined;
    nickname?: string | undefined;
  }): Person {
    const openid = wish.openid ?? `o${randomBytes(20).toString('base64url')}`;
    const existing = this.byOfficial.get(openid);
    if (existing !== undefined) return existing;
    const person: Person = {
      openid,
      miniOpenid: wish.miniOpenid ?? `m${randomBytes(20).toString('base64url')}`,
      unionid: `u${randomBytes(20).toString('base64url')}`,
      nickname: wish.nickname ?? '微信用户',
      following: false,
      followedAt: 0,
      scene: '',
      windows: [],
      lastMessageAt: -Infinity,
      typingUntil: -Infinity,
      lastInMiniAt: -Infinity,
      sessionKey: '',
      consents: new Map(),
    };
    this.byOfficial.set(openid, person);
    this.byMini.set(person.miniOpenid, person);
    return person;
  }

  official(openid: string): Person | null {
    return this.byOfficial.get(openid) ?? null;
  }

  mini(openid: string): Person | null {
    return this.byMini.get(openid) ?? null;
  }

  /** The most recent arrival: who is assumed to tap an OAuth link that names nobody. */
  latest(): Person | null {
    return [...this.byOfficial.values()].at(-1) ?? null;
  }

  clear(): void {
    this.byOfficial.clear();
    this.byMini.clear();
  }
}
