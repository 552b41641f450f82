import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { BulkReviewService, ImportRuns } from '@linli/catalogue';
import type { Officer } from '@linli/directory';
import { refusalWords } from '@linli/journeys';
import { Refusal } from '@linli/kernel';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { ActingOfficer, For } from '../access/access';
import { PagingDto } from '../http/paging.dto';
import { OnceKey } from '../http/request-key';
import { catalogueOfficers } from './catalogue-drafts.controller';
import {
  BulkFailurePageDto,
  BulkReviewDto,
  BulkReviewOrderDto,
  ImportDraftsQueryDto,
  ImportedDraftPageDto,
  ImportRunDto,
  ImportRunPageDto,
} from './catalogue-imports.dto';

@ApiTags('staff: catalogue')
@ApiBearerAuth()
@For({ officers: catalogueOfficers })
@Controller('api/v1/staff/catalogue/imports')
export class CatalogueImportsController {
  constructor(
    private readonly runs: ImportRuns,
    private readonly reviews: BulkReviewService,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Imports that brought drafts within the officer's reach, newest first. */
  @Get()
  list(@ActingOfficer() officer: Officer, @Query() { limit, cursor }: PagingDto): Promise<ImportRunPageDto> {
    return this.runs.list(officer, limit, cursor ?? null);
  }

  /** One import, how its drafts stand, and its newest review. */
  @Get(':id')
  read(@ActingOfficer() officer: Officer, @Param('id') id: string): Promise<ImportRunDto> {
    return this.runs.run(officer, id);
  }

  /** An import's drafts in one state, with what the rules find and what they change. */
  @Get(':id/drafts')
  drafts(
    @ActingOfficer() officer: Officer,
    @Param('id') importId: string,
    @Query() { state, limit, cursor }: ImportDraftsQueryDto,
  ): Promise<ImportedDraftPageDto> {
    return this.runs.draftsOf(officer, { importId, state }, limit, cursor ?? null);
  }

  /** Orders the review of all that wait, or of those named (批量审核); it is carried out in the background. */
  @Post(':id/reviews')
  @HttpCode(202)
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Sent again with the same body: the same answer',
  })
  order(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') importId: string,
    @Body() { decision, drafts, reasons = [], publish, publishAt, seenAt }: BulkReviewOrderDto,
  ): Promise<BulkReviewDto> {
    if (decision === 'sendBack' && (publish || publishAt !== undefined))
      throw new Refusal('request.invalid', [{ at: 'publish', problem: 'goes with approve only' }]);
    const now = this.clock.now();
    const publishFrom = publishAt === undefined ? (publish ? now : null) : new Date(publishAt);
    const ordered = { importId, decision, draftIds: drafts ?? null, reasons, publishFrom, seenAt: new Date(seenAt) };
    return this.once.perform(key, now, (tx) => this.reviews.order(tx, officer, ordered, now));
  }

  /** How far an order is. */
  @Get(':id/reviews/:reviewId')
  review(
    @ActingOfficer() officer: Officer,
    @Param('id') importId: string,
    @Param('reviewId') reviewId: string,
  ): Promise<BulkReviewDto> {
    return this.reviews.review(officer, importId, reviewId);
  }

  /** Drafts the order could not be carried out on, each with its reason. */
  @Get(':id/reviews/:reviewId/failures')
  async failures(
    @ActingOfficer() officer: Officer,
    @Param('id') importId: string,
    @Param('reviewId') id: string,
    @Query() { limit, cursor }: PagingDto,
  ): Promise<BulkFailurePageDto> {
    const { items, nextCursor } = await this.reviews.failures(officer, { importId, id }, limit, cursor ?? null);
    return { items: items.map((one) => ({ ...one, sentence: refusalWords[one.code] })), nextCursor };
  }
}
