import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { Refusal } from '@linli/kernel';
import { DirectoryService } from '@linli/directory';
import { accessKey } from '@linli/platform';
import type { Access, AccessRule, Caller, KnownRequest } from './access';
import { Tokens } from './tokens';

/** Asks of every route who may call it. A route that says nothing is closed to all. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
    private readonly directory: DirectoryService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(accessKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw new Refusal('auth.roleMissing');
    if ('publicBecause' in access) return true;
    const request = context.switchToHttp().getRequest<Request & KnownRequest>();
    const caller = await this.callerOf(request, access);
    if (!mayCall(caller, access)) throw new Refusal('auth.roleMissing');
    request.caller = caller;
    return true;
  }

  private async callerOf(request: Request, access: AccessRule): Promise<Caller> {
    const key = request.headers['x-api-key'];
    if (typeof key === 'string' && access.programs) return { kind: 'program', ...(await this.directory.apiKey(key)) };
    const bearer = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (bearer) return this.tokens.callerOf(bearer);
    throw new Refusal(request.headers.authorization ? 'auth.tokenInvalid' : 'auth.tokenMissing');
  }
}

function mayCall(caller: Caller, access: AccessRule): boolean {
  if (caller.kind === 'resident') return access.residents === true;
  if (caller.kind === 'officer') return access.officers?.includes(caller.officer.role) ?? false;
  return access.programs?.includes(caller.role) ?? false;
}
