import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { isUuid, Refusal } from '@linli/kernel';
import { OfficerService, type Officer } from '@linli/directory';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { RatingAppeals, RatingCallbacks, RatingReview, type RatingAppeal } from '@linli/rating';
import { ActingOfficer, caseReaders, For } from '../access/access';
import { OnceKey } from '../http/request-key';
import {
  AppealDecisionDto,
  AppealRequestDto,
  FiguresQueryDto,
  FlagDecisionDto,
  ReasonDto,
  ReviewQueryDto,
  StaffBindingDto,
  type DoneDto,
  type FiguresDto,
  type RatingAppealDto,
  type RatingAppealPageDto,
  type RatingFlagPageDto,
} from './rating-review.dto';

@ApiTags('staff: ratings')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: ['supervisor', 'admin'] })
@Controller('api/v1/staff')
export class RatingReviewController {
  constructor(
    private readonly review: RatingReview,
    private readonly appeals: RatingAppeals,
    private readonly callbacks: RatingCallbacks,
    private readonly officers: OfficerService,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Suspicious ratings, oldest first; they count until somebody decides otherwise. */
  @Get('rating-flags')
  flags(
    @ActingOfficer() officer: Officer,
    @Query() { decided = false, limit, cursor }: ReviewQueryDto,
  ): Promise<RatingFlagPageDto> {
    return this.review.list(officer, !decided, limit, cursor ?? null);
  }

  @Post('rating-flags/:id/decision')
  @HttpCode(200)
  decide(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { decision, reason }: FlagDecisionDto,
  ): Promise<DoneDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => {
      await this.review.decide(tx, id, officer, decision, reason, now);
      return { id };
    });
  }

  /** Lets an excluded rating count again; by another than who excluded it. */
  @Post('rating-exclusions/:id/restoration')
  @HttpCode(200)
  restore(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { reason }: ReasonDto,
  ): Promise<DoneDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => {
      await this.review.restore(tx, id, officer, reason, now);
      return { id };
    });
  }

  /** Notes which resident an officer is, so that they do not rate their own unit. */
  @Post('rating-bindings')
  @For({ officers: ['admin'] })
  async bind(
    @ActingOfficer() admin: Officer,
    @OnceKey() key: RequestKey | null,
    @Body() { officerId, residentId }: StaffBindingDto,
  ): Promise<DoneDto> {
    const { departmentId, subdistrictId } = await this.bound(officerId);
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => {
      await this.review.bindStaff(tx, { residentId, officerId, departmentId, subdistrictId }, admin.id, now);
      return { id: residentId };
    });
  }

  @Delete('rating-bindings/:residentId')
  @For({ officers: ['admin'] })
  async unbind(
    @ActingOfficer() admin: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('residentId') id: string,
  ): Promise<DoneDto> {
    if (!isUuid(id)) throw new Refusal('directory.notFound');
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => {
      await this.review.unbindStaff(tx, id, admin.id, now);
      return { id };
    });
  }

  /** Appeals within reach, oldest first. */
  @Get('rating-appeals')
  @For({ officers: caseReaders })
  async appealsList(
    @ActingOfficer() officer: Officer,
    @Query() { decided = false, limit, cursor }: ReviewQueryDto,
  ): Promise<RatingAppealPageDto> {
    const { items, nextCursor } = await this.appeals.list(officer, !decided, limit, cursor ?? null);
    return { items: items.map(appealView), nextCursor };
  }

  /** The rated unit's appeal against one rating, once. */
  @Post('rating-appeals')
  @For({ officers: caseReaders })
  appeal(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Body() { fileIds = [], ...body }: AppealRequestDto,
  ): Promise<RatingAppealDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) =>
      appealView(await this.appeals.file(tx, officer, { ...body, fileIds }, now)),
    );
  }

  /** Decided by another than the appellant. */
  @Post('rating-appeals/:id/decision')
  @HttpCode(200)
  @For({ officers: ['supervisor', 'leader', 'admin'] })
  decideAppeal(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() body: AppealDecisionDto,
  ): Promise<RatingAppealDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => appealView(await this.appeals.decide(tx, id, officer, body, now)));
  }

  /** A month's grades by who gave them: residents, call backs, after rectification, and those left out. */
  @Get('rating-figures')
  @For({ officers: caseReaders })
  async figures(@ActingOfficer() officer: Officer, @Query() { period }: FiguresQueryDto): Promise<FiguresDto> {
    return { items: await this.callbacks.figures(officer, period) };
  }

  private async bound(officerId: string): Promise<Officer> {
    try {
      return await this.officers.officer(officerId);
    } catch (error) {
      if (error instanceof Refusal) throw new Refusal('directory.notFound');
      throw error;
    }
  }
}

function appealView({ departmentId: _department, ...appeal }: RatingAppeal): RatingAppealDto {
  return appeal;
}
