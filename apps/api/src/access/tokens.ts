import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Refusal } from '@linli/kernel';
import { type Officer, OfficerService } from '@linli/directory';
import { Clock } from '@linli/platform';
import type { Caller } from './access';

const hours = { resident: 24, officer: 12 } as const;
const issuer = 'linli';

interface Claims {
  readonly sub: string;
  readonly kind: 'resident' | 'officer';
  /** Officers: the token version; a changed password ends older tokens. */
  readonly ver?: number;
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Signs and reads bearer tokens (JWT, HS256): residents' last a day, officers' a working day. */
@Injectable()
export class Tokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly officers: OfficerService,
    private readonly clock: Clock,
  ) {}

  forResident(id: string): IssuedToken {
    return this.sign({ sub: id, kind: 'resident' });
  }

  forOfficer(officer: Officer): IssuedToken {
    return this.sign({ sub: officer.id, kind: 'officer', ver: officer.tokenVersion });
  }

  /** Whose token it is; refuses a forged, expired or withdrawn one. */
  async callerOf(token: string): Promise<Caller> {
    const claims = this.read(token);
    if (claims.kind === 'resident') return { kind: 'resident', id: claims.sub };
    const officer = await this.officers.officer(claims.sub);
    if (officer.tokenVersion !== claims.ver) throw new Refusal('auth.tokenInvalid');
    return { kind: 'officer', id: officer.id, officer };
  }

  private sign(claims: Claims): IssuedToken {
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000);
    const expires = issuedAt + hours[claims.kind] * 3600;
    const token = this.jwt.sign({ ...claims, iat: issuedAt, exp: expires, iss: issuer }, { algorithm: 'HS256' });
    return { token, expiresAt: new Date(expires * 1000) };
  }

  private read(token: string): Claims {
    try {
      return this.jwt.verify<Claims>(token, {
        algorithms: ['HS256'],
        issuer,
        clockTimestamp: Math.floor(this.clock.now().getTime() / 1000),
      });
    } catch (error) {
      const expired = (error as Error).name === 'TokenExpiredError';
      throw new Refusal(expired ? 'auth.tokenExpired' : 'auth.tokenInvalid');
    }
  }
}
