import { Injectable, Logger } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { CaseService } from '@linli/casework';
import type { EventOf } from '@linli/contracts';
import { Clock, Database, FileStore } from '@linli/platform';
import { WechatClient } from '@linli/wechat';

/** Pictures a door has kept already are named so. */
const keptPrefix = 'file:';

/** Fetches the pictures of a case from the platform, which keeps them three days, and attaches them. */
@Injectable()
export class PictureFetching {
  private readonly logger = new Logger(PictureFetching.name);

  constructor(
    private readonly database: Database,
    private readonly cases: CaseService,
    private readonly files: FileStore,
    private readonly wechat: WechatClient,
    private readonly clock: Clock,
  ) {}

  /** May run again: a picture attached before is attached once. */
  async fetch(event: EventOf<'case.submitted' | 'case.corrected'>): Promise<void> {
    const { mediaIds, residentId, caseId } = event.payload;
    for (const mediaId of mediaIds) await this.fetchOne(mediaId, residentId, caseId);
  }

  private async fetchOne(mediaId: string, residentId: string, caseId: string): Promise<void> {
    if (mediaId.startsWith(keptPrefix)) return this.attach(caseId, mediaId, mediaId.slice(keptPrefix.length));
    const picture = await this.wechat.media(mediaId);
    if (!picture) {
      this.logger.warn('a picture was gone from the platform before it was fetched');
      return;
    }
    const now = this.clock.now();
    try {
      const file = await this.files.keep(
        this.database,
        { kind: 'resident', id: residentId },
        picture.name,
        picture.content,
        now,
      );
      await this.attach(caseId, mediaId, file.id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.logger.warn(`a picture was not kept: ${error.code}`);
    }
  }

  private async attach(caseId: string, mediaId: string, fileId: string): Promise<void> {
    await this.database.transact((tx) => this.cases.attachFile(tx, caseId, mediaId, fileId, this.clock.now()));
  }
}
