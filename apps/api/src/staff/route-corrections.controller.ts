import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Officer, OfficerRole } from '@linli/directory';
import { daysBetween, parseLocalDate, Refusal, type LocalDate } from '@linli/kernel';
import { RouteCorrections } from '@linli/journeys';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { ActingOfficer, caseOfficers, For } from '../access/access';
import { OnceKey } from '../http/request-key';
import {
  AccuracyQueryDto,
  AccuracySheetDto,
  CorrectionIdDto,
  CorrectionPageDto,
  CorrectionQueryDto,
  CorrectionReviewDto,
  CorrectionStateDto,
  NewCorrectionDto,
  PhrasingsPageDto,
  PhrasingsQueryDto,
} from './route-corrections.dto';

const reviewers: readonly OfficerRole[] = ['dispatcher', 'supervisor', 'admin'];
const longestSpanDays = 366;

/** How residents were understood, and putting it right. */
@ApiTags('staff: routing')
@ApiBearerAuth()
@Controller('api/v1/staff/routing')
export class RouteCorrectionsController {
  constructor(
    private readonly corrections: RouteCorrections,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Says that a resident meant another entry than the one they were led to, or none. */
  @Post('corrections')
  @For({ officers: caseOfficers })
  async record(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Body() body: NewCorrectionDto,
  ): Promise<CorrectionIdDto> {
    const now = this.clock.now();
    const draft = await this.corrections.draft(body, officer);
    return this.once.perform(key, now, (tx) => this.corrections.record(tx, draft, officer, now));
  }

  /** Corrections in one state, oldest first; words are masked. */
  @Get('corrections')
  @For({ officers: reviewers })
  list(
    @ActingOfficer() officer: Officer,
    @Query() { state, limit, cursor }: CorrectionQueryDto,
  ): Promise<CorrectionPageDto> {
    return this.corrections.list(officer, state, limit, cursor ?? null);
  }

  /** Approves or rejects a correction another officer wrote. */
  @Post('corrections/:id/review')
  @HttpCode(200)
  @For({ officers: reviewers })
  review(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { verdict }: CorrectionReviewDto,
  ): Promise<CorrectionStateDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => this.corrections.review(tx, id, verdict, officer, now));
  }

  /**
   * How often routing was right: one less the share of cases opened in chat with an approved correction, with its 95 %
   * interval, for all and entry by entry.
   */
  @Get('accuracy')
  @For({ officers: [...reviewers, 'leader'] })
  accuracy(@ActingOfficer() officer: Officer, @Query() { from, to }: AccuracyQueryDto): Promise<AccuracySheetDto> {
    const [first, last] = [dayOf('from', from), dayOf('to', to)];
    const span = daysBetween(first, last);
    if (span < 0 || span >= longestSpanDays)
      throw new Refusal('request.invalid', [{ at: 'to', problem: '结束日期不能早于开始日期，最多查一年' }]);
    return this.corrections.accuracy(officer, first, last);
  }

  /** Approved words as rows of a catalogue file, personal facts masked. */
  @Get('phrasings')
  @For({ officers: reviewers })
  phrasings(@ActingOfficer() officer: Officer, @Query() { cursor }: PhrasingsQueryDto): Promise<PhrasingsPageDto> {
    return this.corrections.phrasings(officer, cursor ?? null);
  }
}

function dayOf(at: string, text: string): LocalDate {
  const day = parseLocalDate(text);
  if (!day) throw new Refusal('request.invalid', [{ at, problem: '请写成 2026-03-10 这样的日期' }]);
  return day;
}
