import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { DraftReading, DraftService } from '@linli/catalogue';
import type { Officer, OfficerRole } from '@linli/directory';
import { Refusal } from '@linli/kernel';
import { Clock, OnceOnly, type RequestKey, type Tx } from '@linli/platform';
import { ActingOfficer, For } from '../access/access';
import { OnceKey } from '../http/request-key';
import {
  DraftDetailDto,
  DraftPageDto,
  DraftQueryDto,
  DraftStepDto,
  DraftWithdrawalDto,
  EditDraftDto,
  OpenDraftDto,
  ReviewDto,
  ScheduleDto,
} from './catalogue-drafts.dto';

/** Roles that write and review the catalogue: a department's officers its own entries, the others all. */
export const catalogueOfficers: readonly OfficerRole[] = ['department', 'supervisor', 'admin'];

@ApiTags('staff: catalogue')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: catalogueOfficers })
@Controller('api/v1/staff/catalogue/drafts')
export class CatalogueDraftsController {
  constructor(
    private readonly drafts: DraftService,
    private readonly reading: DraftReading,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Drafts within the officer's reach, newest first. */
  @Get()
  list(@ActingOfficer() officer: Officer, @Query() { state, limit, cursor }: DraftQueryDto): Promise<DraftPageDto> {
    return this.reading.list(officer, state ?? null, limit, cursor ?? null);
  }

  /** One draft with what the rules find in it and what it changes. */
  @Get(':id')
  read(@ActingOfficer() officer: Officer, @Param('id') id: string): Promise<DraftDetailDto> {
    return this.reading.detail(officer, id);
  }

  /** Opens a draft: of an entry that is published, or of a new one. */
  @Post()
  open(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Body() { itemId, entry }: OpenDraftDto,
  ): Promise<DraftDetailDto> {
    return this.act(key, (tx, now) => this.drafts.open(tx, officer, startOf(itemId, entry), now));
  }

  /** Writes other words over those of the revision named. */
  @Patch(':id')
  edit(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { revision, entry, baseVersion }: EditDraftDto,
  ): Promise<DraftDetailDto> {
    return this.act(key, (tx, now) => this.drafts.edit(tx, officer, { id, revision }, { entry, baseVersion }, now));
  }

  /** Hands a draft over for review (送审). */
  @Post(':id/submission')
  @HttpCode(200)
  submit(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { revision }: DraftStepDto,
  ): Promise<DraftDetailDto> {
    return this.act(key, (tx, now) => this.drafts.submit(tx, officer, { id, revision }, now));
  }

  /** Approves a draft somebody else wrote, or sends it back with reasons (审核). */
  @Post(':id/review')
  @HttpCode(200)
  review(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { decision, reasons = [], revision }: ReviewDto,
  ): Promise<DraftDetailDto> {
    return this.act(key, (tx, now) =>
      decision === 'approve'
        ? this.drafts.approve(tx, officer, { id, revision }, now)
        : this.drafts.sendBack(tx, officer, { id, revision }, reasons, now),
    );
  }

  /** Sets from when an approved draft is public (定时发布). */
  @Post(':id/schedule')
  @HttpCode(200)
  schedule(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { at, revision }: ScheduleDto,
  ): Promise<DraftDetailDto> {
    const from = at === undefined ? null : new Date(at);
    return this.act(key, (tx, now) => this.drafts.schedule(tx, officer, { id, revision }, from, now));
  }

  /** Gives up a draft that is not public yet. */
  @Post(':id/withdrawal')
  @HttpCode(200)
  withdraw(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { reason, revision }: DraftWithdrawalDto,
  ): Promise<DraftDetailDto> {
    return this.act(key, (tx, now) => this.drafts.withdraw(tx, officer, { id, revision }, reason, now));
  }

  private act<T>(key: RequestKey | null, step: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => step(tx, now));
  }
}

function startOf(itemId: string | undefined, entry: object | undefined): { itemId: string } | { entry: unknown } {
  if (entry !== undefined && itemId === undefined) return { entry };
  if (itemId !== undefined && entry === undefined) return { itemId };
  throw new Refusal('request.invalid', [{ at: 'entry', problem: 'give either itemId or entry' }]);
}
