import { Injectable } from '@nestjs/common';
import type { EntryCount } from '@linli/guidance';
import { Database } from '@linli/platform';

/** A case as far as its routing goes. */
export interface RoutedCase {
  readonly id: string;
  readonly subdistrictId: string;
  readonly entryId: string;
  readonly inChat: boolean;
  readonly submittedAt: Date;
}

/** A case by these was opened in a conversation: its entry is what the router led to. */
const chatChannels = ['wechatOfficial', 'wechaty'];

/** What was routed, read from the cases it led to: the chat itself writes nothing for it. */
@Injectable()
export class RoutedCasesStore {
  constructor(private readonly database: Database) {}

  async byNumber(number: string): Promise<RoutedCase | null> {
    const [row] = await this.database.sql<RoutedCase>(
      `select id, subdistrict_id as "subdistrictId", entry_id as "entryId", channel = any($2) as "inChat",
         submitted_at as "submittedAt"
       from casework_case where number = $1`,
      [number, chatChannels],
    );
    return row ?? null;
  }

  /** How many cases of each entry were opened in chat within a span; found by the first step of their timeline. */
  countsByEntry(subdistrictId: string | null, from: Date, to: Date): Promise<EntryCount[]> {
    return this.database.sql<EntryCount>(
      `select c.entry_id as "entryId", count(*)::int as count
       from casework_step s join casework_case c on c.id = s.case_id
       where s.at >= $1 and s.at < $2 and s.what = 'submitted' and c.channel = any($3)
         and ($4::text is null or c.subdistrict_id = $4)
       group by c.entry_id`,
      [from, to, chatChannels, subdistrictId],
    );
  }
}
