import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { Dispatching, type Dispatch } from '@linli/casework';
import type { Officer } from '@linli/directory';
import { DispatchDesk } from '@linli/journeys';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { ActingOfficer, caseOfficers, For, givenReaders, givenWorkers } from '../access/access';
import { OnceKey } from '../http/request-key';
import { CaseAct } from './case-act';
import { PagingDto } from '../http/paging.dto';
import { CaseDto } from '../residents/cases.dto';
import {
  DispatchListDto,
  DispatchPageDto,
  DispatchQueryDto,
  DispatchWishDto,
  RulingDto,
  SendBackDto,
  type DispatchDto,
} from './dispatches.dto';

@ApiTags('staff: dispatches')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: caseOfficers })
@Controller('api/v1/staff')
export class DispatchesController {
  constructor(
    private readonly acts: CaseAct,
    private readonly desk: DispatchDesk,
    private readonly dispatching: Dispatching,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** What was given to the caller's unit, oldest first; by default what waits for its signature. */
  @Get('dispatches')
  @For({ officers: givenWorkers })
  async inbox(
    @ActingOfficer() officer: Officer,
    @Query() { state = 'waiting', limit, cursor }: DispatchQueryDto,
  ): Promise<DispatchPageDto> {
    return this.dispatching.inbox(officer, state, limit, cursor ?? null);
  }

  /** What units sent back and waits for a ruling (派单异议). */
  @Get('disputes')
  @For({ officers: ['dispatcher', 'supervisor', 'leader', 'admin'] })
  async disputes(@ActingOfficer() officer: Officer, @Query() { limit, cursor }: PagingDto): Promise<DispatchPageDto> {
    return this.dispatching.disputes(officer, limit, cursor ?? null);
  }

  /** Every unit a case was given to. */
  @Get('cases/:number/dispatches')
  @For({ officers: givenReaders })
  async of(@ActingOfficer() officer: Officer, @Param('number') number: string): Promise<DispatchListDto> {
    const now = this.clock.now();
    return this.once.perform(null, now, async (tx) => ({
      items: (await this.dispatching.of(tx, number, officer)).map(dispatchView),
    }));
  }

  /** Gives a case to a department, or to a community or grid by its id (派单); the responsibility lists are asked first. */
  @Post('cases/:number/dispatches')
  dispatch(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() { departmentId, role = 'lead' }: DispatchWishDto,
  ): Promise<CaseDto> {
    return this.acts.perform(key, (tx, now) => this.desk.dispatch(tx, number, officer, { departmentId, role }, now));
  }

  /** Signs for a case given to the caller's unit (签收). */
  @Post('cases/:number/sign-for')
  @For({ officers: givenWorkers })
  @HttpCode(200)
  signFor(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
  ): Promise<CaseDto> {
    return this.acts.perform(key, (tx, now) => this.dispatching.signFor(tx, number, officer, now));
  }

  /** Sends a case back within 24 hours, with the reason (退单). */
  @Post('cases/:number/send-back')
  @For({ officers: givenWorkers })
  @HttpCode(200)
  sendBack(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() { reason }: SendBackDto,
  ): Promise<CaseDto> {
    return this.acts.perform(key, (tx, now) => this.dispatching.sendBack(tx, number, officer, reason, now));
  }

  /** Rules on what a unit sent back (派单异议审核); a unit overruled may not send it back again. */
  @Post('cases/:number/rulings')
  @HttpCode(200)
  @For({ officers: ['dispatcher', 'supervisor', 'leader', 'admin'] })
  rule(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() { departmentId, upheld, reason }: RulingDto,
  ): Promise<CaseDto> {
    const ruling = { unitId: departmentId, upheld, reason };
    return this.acts.perform(key, (tx, now) => this.dispatching.rule(tx, number, officer, ruling, now));
  }
}

function dispatchView({ caseId: _caseId, ...dispatch }: Dispatch): DispatchDto {
  return dispatch;
}
