import { Inject, Injectable } from '@nestjs/common';
import type { Person } from './people';
import { PlatformError } from './platform-error';
import { simOptions, type SimOptions } from './sim-options';
import { SimState } from './sim-state';
import type { AppKind } from './token-book';

/** Query parameters as they come; the platform checks them itself and answers in its own words. */
export type Query = Readonly<Record<string, string | undefined>>;
/** A JSON body of any shape. */
export type Body = Readonly<Record<string, unknown>>;

/** Checks who calls and whom they mean, before any platform API does its work. */
@Injectable()
export class PlatformDesk {
  constructor(
    @Inject(simOptions) private readonly options: SimOptions,
    private readonly state: SimState,
  ) {}

  /** The account behind the access token; 48001 when the API belongs to the other account. */
  authorize(query: Query, wanted?: AppKind): AppKind {
    const app = this.state.tokens.check(query['access_token']);
    if (wanted !== undefined && app !== wanted) throw new PlatformError(48001);
    return app;
  }

  /** The account an appid and secret belong to; 40013 or 40125 otherwise. */
  credentials(appId: unknown, secret: unknown): AppKind {
    for (const app of ['official', 'mini'] as const) {
      if (this.options[app].appId !== appId) continue;
      if (this.options[app].secret !== secret) throw new PlatformError(40125);
      return app;
    }
    throw new PlatformError(40013);
  }

  /** The person an openid means to that account; 40003 when it knows none. */
  recipient(openid: unknown, app: AppKind): Person {
    const person = typeof openid === 'string' ? this.find(openid, app) : null;
    if (person === null) throw new PlatformError(40003);
    return person;
  }

  private find(openid: string, app: AppKind): Person | null {
    return app === 'official' ? this.state.people.official(openid) : this.state.people.mini(openid);
  }
}

/** The body as an object; 47001 when the caller sent something else. */
export function asBody(body: unknown): Body {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body;
  throw new PlatformError(47001);
}

/** A member that is itself an object, or an empty one. */
export function member(body: Body, name: string): Body {
  const value = body[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {};
}

/** A member that is text, or empty text. */
export function text(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}
