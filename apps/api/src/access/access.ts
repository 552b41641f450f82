import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import type { ApiKeyRole, Officer, OfficerRole } from '@linli/directory';
import { accessKey } from '@linli/platform';

/** Who calls a route. */
export type Caller =
  | { readonly kind: 'resident'; readonly id: string }
  | { readonly kind: 'officer'; readonly id: string; readonly officer: Officer }
  | { readonly kind: 'program'; readonly id: string; readonly role: ApiKeyRole };

/** Who may call a route; a route names this or its reason to be public, or the guard refuses everybody. */
export interface AccessRule {
  readonly residents?: true;
  readonly officers?: readonly OfficerRole[];
  readonly programs?: readonly ApiKeyRole[];
}

export type Access = AccessRule | { readonly publicBecause: string };

/** Opens a route to the named callers. */
export const For = (rule: AccessRule): MethodDecorator & ClassDecorator => SetMetadata(accessKey, rule);

/** Roles that work on cases. */
export const caseOfficers: readonly OfficerRole[] = ['clerk', 'dispatcher', 'department', 'supervisor', 'admin'];
/** Roles that may look at cases within their reach. */
export const caseReaders: readonly OfficerRole[] = [...caseOfficers, 'leader'];
/** Roles that work on what was given to their community or grid, and see nothing else. */
const localOfficers: readonly OfficerRole[] = ['community', 'grid'];
export const givenReaders: readonly OfficerRole[] = [...caseReaders, ...localOfficers];
export const givenWorkers: readonly OfficerRole[] = [...caseOfficers, ...localOfficers];
/** Roles that answer residents who asked for a human. */
export const chatOfficers: readonly OfficerRole[] = ['clerk', 'dispatcher', 'supervisor', 'admin'];

/** A request after the guard has looked at it. */
export interface KnownRequest {
  caller?: Caller;
}

function callerOf(context: ExecutionContext): Caller | undefined {
  return context.switchToHttp().getRequest<KnownRequest>().caller;
}

/** The resident who calls. */
export const ResidentId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const caller = callerOf(context);
  if (caller?.kind !== 'resident') throw new Refusal('auth.tokenMissing');
  return caller.id;
});

/** The officer who calls. */
export const ActingOfficer = createParamDecorator((_: unknown, context: ExecutionContext): Officer => {
  const caller = callerOf(context);
  if (caller?.kind !== 'officer') throw new Refusal('auth.tokenMissing');
  return caller.officer;
});

/** Whoever calls, on routes open to several kinds. */
export const AnyCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context);
  if (!caller) throw new Refusal('auth.tokenMissing');
  return caller;
});
