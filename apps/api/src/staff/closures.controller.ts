import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { Closures } from '@linli/casework';
import type { Officer } from '@linli/directory';
import { Filing } from '@linli/journeys';
import { isUuid } from '@linli/kernel';
import type { RequestKey } from '@linli/platform';
import { ActingOfficer, caseOfficers, For } from '../access/access';
import { OnceKey } from '../http/request-key';
import { CaseDto } from '../residents/cases.dto';
import { CaseAct } from './case-act';
import { ClosureDto } from './staff-cases.dto';
import { FollowUpDto } from './staff-course.dto';

@ApiTags('staff: cases')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: caseOfficers })
@Controller('api/v1/staff/cases')
export class ClosuresController {
  constructor(
    private readonly acts: CaseAct,
    private readonly closures: Closures,
    private readonly filing: Filing,
  ) {}

  /** Accepts and closes in one act what the guide says is done at once (即办件). */
  @Post(':number/immediate-closure')
  @HttpCode(200)
  async finishAtOnce(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() closure: ClosureDto,
  ): Promise<CaseDto> {
    await this.filing.checkFiles({ kind: 'officer', id: officer.id }, closure.evidence.filter(isUuid));
    return this.acts.perform(key, (tx, now) => this.closures.finishAtOnce(tx, number, officer, closure, now));
  }

  /** Notes a call-back after closure (回访); not solved takes the case up again, against whoever closed it. */
  @Post(':number/follow-ups')
  @For({ officers: ['clerk', 'dispatcher', 'supervisor', 'admin'] })
  @HttpCode(200)
  followUp(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() given: FollowUpDto,
  ): Promise<CaseDto> {
    return this.acts.perform(key, (tx, now) => this.closures.followUp(tx, number, officer, given, now));
  }
}
