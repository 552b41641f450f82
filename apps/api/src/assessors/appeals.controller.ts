import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Appeals, type Appeal, type AppealPage, type FigureAt } from '@linli/assessment';
import type { Officer } from '@linli/directory';
import { ActingOfficer, For } from '../access/access';
import { PagingDto } from '../http/paging.dto';
import { AppealDecisionDto, AppealDto } from './assessment.dto';

/** Those who see and decide the appeals of all units. */
const deciders: readonly Officer['role'][] = ['assessor', 'supervisor', 'admin'];

@ApiTags('assessment')
@ApiBearerAuth()
@Controller('api/v1/assessments')
export class AppealsController {
  constructor(private readonly appeals: Appeals) {}

  /** 申诉: an officer's own unit objects to one of its figures while the month is published for it. */
  @Post(':period/appeals')
  @For({ officers: ['department', 'dispatcher', 'leader'] })
  async file(
    @Param('period') period: string,
    @Body() draft: AppealDto,
    @ActingOfficer() officer: Officer,
  ): Promise<{ id: string; figureBefore: FigureAt }> {
    return this.appeals.file(officer, { period, ...draft });
  }

  /** A month's appeals with both figures: one's own unit's, or all for those who decide. */
  @Get(':period/appeals')
  @Header('Cache-Control', 'no-store')
  @For({ officers: ['department', 'dispatcher', 'leader', ...deciders] })
  async list(
    @Param('period') period: string,
    @Query() { limit, cursor }: PagingDto,
    @ActingOfficer() officer: Officer,
  ): Promise<AppealPage> {
    const { departmentId, subdistrictId } = officer;
    const own = [departmentId, subdistrictId].filter((id): id is string => id !== null);
    return this.appeals.list(period, deciders.includes(officer.role) ? null : own, limit, cursor ?? null);
  }

  /** Upholds an appeal, naming the rows that do not count, or rejects it; never by the one who filed it. */
  @Post(':period/appeals/:id/decision')
  @HttpCode(200)
  @For({ officers: deciders })
  async decide(
    @Param('period') period: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() decision: AppealDecisionDto,
    @ActingOfficer() officer: Officer,
  ): Promise<Appeal> {
    return this.appeals.decide(officer, period, id, decision);
  }
}
