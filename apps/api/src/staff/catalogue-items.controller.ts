import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { CatalogueHistory, CatalogueService, DraftService, textFindings } from '@linli/catalogue';
import type { Officer } from '@linli/directory';
import { Refusal } from '@linli/kernel';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { ActingOfficer, For } from '../access/access';
import { PagingDto } from '../http/paging.dto';
import { OnceKey } from '../http/request-key';
import { ItemVersionPageDto } from '../public/lists.dto';
import { catalogueOfficers } from './catalogue-drafts.controller';
import { ItemWithdrawalDto, ItemWithdrawnDto, ReadingDto, VersionDiffDto } from './catalogue-drafts.dto';

@ApiTags('staff: catalogue')
@ApiBearerAuth()
@For({ officers: catalogueOfficers })
@Controller('api/v1/staff/catalogue/items')
export class CatalogueItemsController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly history: CatalogueHistory,
    private readonly drafts: DraftService,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** An entry's published versions, newest first. */
  @Get(':id/versions')
  versions(@Param('id') id: string, @Query() { limit, cursor }: PagingDto): Promise<ItemVersionPageDto> {
    return this.history.versions(id, limit, cursor ?? null);
  }

  /** How the published guide reads: long sentences, official words with plain ones instead, what is untold. */
  @Get(':id/reading')
  reading(@Param('id') id: string): ReadingDto {
    const guide = this.catalogue.entry(id)?.guide;
    if (!guide) throw new Refusal('item.notFound');
    return textFindings(guide);
  }

  /** In what version `b` differs from version `a`, field by field. */
  @Get(':id/versions/:a/diff/:b')
  async diff(
    @Param('id') id: string,
    @Param('a', ParseIntPipe) a: number,
    @Param('b', ParseIntPipe) b: number,
  ): Promise<VersionDiffDto> {
    return { changes: await this.history.diff(id, a, b) };
  }

  /** Takes a published entry out of the catalogue and its lists (撤下). Nobody reviews this, so departments ask for it. */
  @Post(':id/withdrawal')
  @HttpCode(200)
  @For({ officers: ['supervisor', 'admin'] })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Sent again with the same body: the same answer',
  })
  withdraw(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { reason }: ItemWithdrawalDto,
  ): Promise<ItemWithdrawnDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => this.drafts.withdrawPublished(tx, officer, id, reason, now));
  }
}
