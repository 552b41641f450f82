import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { newId, Refusal } from '@linli/kernel';
import { appendAudit, Clock, Database, sqlState, type Tx } from '@linli/platform';
import { OfficerRow } from './directory.row';
import type { OfficerEntry } from './directory-file';
import { passwordProblem } from './password';
import type { OfficerRole } from './roles';

const attemptsBeforeLock = 5;
const lockMinutes = 15;
/** Verified when no such account exists, so that its absence cannot be told from the time an answer takes. */
const nobody = hash('no officer has this password');

/** An officer as the rest of the house sees them. */
export interface Officer {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly role: OfficerRole;
  readonly hallId: string | null;
  readonly departmentId: string | null;
  readonly subdistrictId: string | null;
  /** Of those who work in a community or one of its grids. */
  readonly communityId?: string | null;
  readonly gridId?: string | null;
  readonly tokenVersion: number;
}

function officerOf(row: OfficerRow): Officer {
  const { id, account, name, role, hallId, departmentId, subdistrictId, communityId, gridId, tokenVersion } = row;
  return { id, account, name, role, hallId, departmentId, subdistrictId, communityId, gridId, tokenVersion };
}

/** Officers' accounts: argon2id passwords, five wrong ones lock the account for 15 minutes, every sign-in is audited. */
@Injectable()
export class OfficerService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Makes an account; the password must be strong, the account free. */
  async create(tx: Tx, entry: OfficerEntry, password: string): Promise<Officer> {
    const problem = passwordProblem(password, entry.account);
    if (problem) throw new Refusal('auth.passwordWeak', [{ at: 'password', problem }]);
    const now = this.clock.now();
    const row = tx.manager.create(OfficerRow, {
      id: newId(),
      account: entry.account,
      name: entry.name,
      role: entry.role,
      hallId: entry.hallId ?? null,
      departmentId: entry.departmentId ?? null,
      subdistrictId: entry.subdistrictId ?? null,
      communityId: entry.communityId ?? null,
      gridId: entry.gridId ?? null,
      passwordHash: await hash(password),
      failedAttempts: 0,
      lockedUntil: null,
      tokenVersion: 1,
      active: true,
      createdAt: now,
    });
    try {
      await tx.manager.insert(OfficerRow, row);
    } catch (error) {
      if (sqlState(error) === '23505') throw new Refusal('directory.accountTaken');
      if (['23503', '23514'].includes(sqlState(error) ?? '')) throw new Refusal('directory.notFound');
      throw error;
    }
    await appendAudit(tx, {
      actor: { kind: 'system', id: 'directory' },
      action: 'officer.create',
      subject: `officer:${row.id}`,
      at: now,
    });
    return officerOf(row);
  }

  /**
   * Signs an officer in. The attempt is counted before the password is looked at, so that guesses made at once do not
   * all pass the lock.
   */
  async signIn(account: string, password: string): Promise<Officer> {
    const now = this.clock.now();
    const name = account.trim().toLowerCase();
    const [counted] = await this.database.sql<{ id: string; password_hash: string }>(
      `update directory_officer set
         failed_attempts = case when locked_until is not null then 1 else failed_attempts + 1 end,
         locked_until = case when locked_until is null and failed_attempts + 1 >= $3
                        then $2::timestamptz + make_interval(mins => $4) end
       where account = $1 and active and (locked_until is null or locked_until <= $2)
       returning id, password_hash`,
      [name, now, attemptsBeforeLock, lockMinutes],
    );
    if (!counted) return this.refuseUncounted(name, password, now);
    if (!(await verify(counted.password_hash, password))) {
      await this.record(counted.id, 'officer.signInFailed', now);
      throw new Refusal('auth.credentialsWrong');
    }
    await this.database.sql('update directory_officer set failed_attempts = 0, locked_until = null where id = $1', [
      counted.id,
    ]);
    await this.record(counted.id, 'officer.signIn', now);
    return this.officer(counted.id);
  }

  /** Changes a password after the present one was shown; ends every token signed before. */
  async changePassword(id: string, present: string, next: string): Promise<Officer> {
    const row = await this.database.dataSource.manager.findOneBy(OfficerRow, { id, active: true });
    if (!row || !(await verify(row.passwordHash, present))) throw new Refusal('auth.credentialsWrong');
    const problem = passwordProblem(next, row.account);
    if (problem) throw new Refusal('auth.passwordWeak', [{ at: 'next', problem }]);
    const passwordHash = await hash(next);
    const now = this.clock.now();
    await this.database.transact(async (tx) => {
      await tx.sql('update directory_officer set password_hash = $2, token_version = token_version + 1 where id = $1', [
        id,
        passwordHash,
      ]);
      await appendAudit(tx, {
        actor: { kind: 'officer', id },
        action: 'officer.changePassword',
        subject: `officer:${id}`,
        at: now,
      });
    });
    return this.officer(id);
  }

  /** The active officer of that id; refuses one that left. */
  async officer(id: string): Promise<Officer> {
    // Asked with every request an officer makes.
    const [officer] = await this.database.sql<Officer>(
      `select id, account, name, role, hall_id as "hallId", department_id as "departmentId",
         subdistrict_id as "subdistrictId", community_id as "communityId", grid_id as "gridId",
         token_version as "tokenVersion"
       from directory_officer where id = $1 and active`,
      [id],
    );
    if (!officer) throw new Refusal('auth.tokenInvalid');
    return officer;
  }

  /** The roles of those who are in service. */
  async rolesOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OfficerRole>> {
    const rows = await tx.sql<{ id: string; role: OfficerRole }>(
      'select id, role from directory_officer where id = any($1) and active',
      [ids],
    );
    return new Map(rows.map(({ id, role }) => [id, role]));
  }

  /** The active officer of that account; refuses one nobody has. */
  async named(account: string): Promise<Officer> {
    const row = await this.database.dataSource.manager.findOneBy(OfficerRow, { account, active: true });
    if (!row) throw new Refusal('directory.notFound', [{ at: 'account', problem: `nobody signs in as "${account}"` }]);
    return officerOf(row);
  }

  private async refuseUncounted(account: string, password: string, now: Date): Promise<never> {
    await verify(await nobody, password);
    const [locked] = await this.database.sql(
      'select 1 from directory_officer where account = $1 and active and locked_until > $2',
      [account, now],
    );
    throw new Refusal(locked ? 'auth.accountLocked' : 'auth.credentialsWrong');
  }

  private async record(id: string, action: string, now: Date): Promise<void> {
    await this.database.transact((tx) =>
      appendAudit(tx, { actor: { kind: 'officer', id }, action, subject: `officer:${id}`, at: now }),
    );
  }
}
