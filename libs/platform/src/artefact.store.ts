import { promisify } from 'node:util';
import { constants, deflate, inflate } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { Database } from './database';

const deflated = promisify(deflate);
const inflated = promisify(inflate);
/** The newest and those before it, should a deployment go back a step. */
const keptPerPurpose = 4;

/** What took long to reckon and can be reckoned again, kept in PostgreSQL under what it was reckoned from. */
@Injectable()
export class ArtefactStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What was kept, null when nothing was. */
  async find(purpose: string, key: string): Promise<Buffer | null> {
    const [row] = await this.database.sql<{ content: Buffer }>(
      'update platform_artefact set used_at = $3 where purpose = $1 and key = $2 returning content',
      [purpose, key, this.clock.now()],
    );
    return row ? inflated(row.content) : null;
  }

  /** Keeps it; of each purpose only the few used last stay. Two processes may bring the same. */
  async keep(purpose: string, key: string, content: Buffer): Promise<void> {
    const small = await deflated(content, { level: constants.Z_BEST_SPEED });
    const now = this.clock.now();
    await this.database.sql(
      `insert into platform_artefact (purpose, key, content, used_at) values ($1, $2, $3, $4)
       on conflict (purpose, key) do update set content = excluded.content, used_at = excluded.used_at`,
      [purpose, key, small, now],
    );
    await this.database.sql(
      `delete from platform_artefact where purpose = $1 and key not in
         (select key from platform_artefact where purpose = $1 order by used_at desc, key limit $2)`,
      [purpose, keptPerPurpose],
    );
  }
}
