import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import {
  isCallLate,
  JointCallList,
  JointCalls,
  type JointCall,
  type JointCallPage,
  type JointCallRow,
} from '@linli/casework';
import type { Officer, OfficerRole } from '@linli/directory';
import { Filing, JointCallDesk } from '@linli/journeys';
import { Clock, OnceOnly, type RequestKey, type Tx } from '@linli/platform';
import { ActingOfficer, For } from '../access/access';
import { OnceKey } from '../http/request-key';
import {
  CooperationDto,
  JointCallAnswerDto,
  JointCallFinishDto,
  JointCallPageDto,
  JointCallQueryDto,
  JointCallWishDto,
  SignatureDto,
  JointCallDto,
  JointCallItemDto,
  JointCallRowDto,
} from './joint-calls.dto';

/** Both sides of a call, and those above them. */
const parties: readonly OfficerRole[] = [
  'dispatcher',
  'department',
  'community',
  'grid',
  'leader',
  'supervisor',
  'admin',
];

@ApiTags('staff: joint calls')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: parties })
@Controller('api/v1/staff/joint-calls')
export class JointCallsController {
  constructor(
    private readonly desk: JointCallDesk,
    private readonly calls: JointCalls,
    private readonly reading: JointCallList,
    private readonly filing: Filing,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Calls departments (吹哨); the responsibility lists are asked first. Goes out once the leader has signed. */
  @Post()
  call(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Body() { class: urgency = 'daily', ...wish }: JointCallWishDto,
  ): Promise<JointCallDto> {
    return this.act(key, (tx, now) => this.desk.call(tx, officer, { ...wish, urgency }, now));
  }

  /** Joint calls in one state, oldest first; by default those that are out. */
  @Get()
  async list(
    @ActingOfficer() officer: Officer,
    @Query() { state = 'called', limit, cursor }: JointCallQueryDto,
  ): Promise<JointCallPageDto> {
    const { items, nextCursor } = await this.reading.list(officer, state, limit, cursor ?? null);
    const now = this.clock.now();
    return { items: items.map((call) => rowView(call, now)), nextCursor };
  }

  /** One joint call with everything both sides said and did. */
  @Get(':id')
  async read(@ActingOfficer() officer: Officer, @Param('id') id: string): Promise<JointCallDto> {
    return callView(await this.reading.read(id, officer), this.clock.now());
  }

  /** Signs a call so that it goes out (签发), or refuses it with the reason; a supervisor signs those of departments. */
  @Post(':id/signature')
  @HttpCode(200)
  @For({ officers: ['leader', 'supervisor'] })
  sign(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { granted = true, ...given }: SignatureDto,
  ): Promise<JointCallDto> {
    return this.act(key, (tx, now) => this.calls.sign(tx, id, officer, { granted, ...given }, now));
  }

  /** The one answer of a called unit (报到): who comes and when, or why nobody does. */
  @Post(':id/answers')
  answer(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { accept = true, ...given }: JointCallAnswerDto,
  ): Promise<JointCallDto> {
    return this.act(key, (tx, now) => this.calls.answer(tx, id, officer, { accept, ...given }, now));
  }

  /** Somebody of the called unit is there (到场). */
  @Post(':id/arrival')
  @HttpCode(200)
  arrive(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<JointCallDto> {
    return this.act(key, (tx, now) => this.calls.arrive(tx, id, officer, now));
  }

  /** The called unit is done: what it did, with evidence. */
  @Post(':id/finish')
  @HttpCode(200)
  async finish(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { result, fileIds = [] }: JointCallFinishDto,
  ): Promise<JointCallDto> {
    await this.filing.checkFiles({ kind: 'officer', id: officer.id }, fileIds);
    return this.act(key, (tx, now) => this.calls.finish(tx, id, officer, { result, fileIds }, now));
  }

  /** Rates the other side (配合评价): the caller a unit that is done, a unit the call. */
  @Post(':id/cooperation')
  @HttpCode(200)
  rate(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { departmentId, ...form }: CooperationDto,
  ): Promise<JointCallDto> {
    const given = { ...form, ...(departmentId === undefined ? {} : { unitId: departmentId }) };
    return this.act(key, (tx, now) => this.calls.rate(tx, id, officer, given, now));
  }

  private act(key: RequestKey | null, step: (tx: Tx, now: Date) => Promise<JointCallPage>): Promise<JointCallDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => callView(await step(tx, now), now));
  }
}

function itemView({ calledBy: _by, caseId: _case, urgency, ...call }: JointCall): JointCallItemDto {
  const { id, state, subdistrictId, caller, caseNumber, calledAt, sentAt, signedAt, granted } = call;
  return { id, state, class: urgency, subdistrictId, caller, caseNumber, calledAt, sentAt, signedAt, granted };
}

function rowView(call: JointCallRow, now: Date): JointCallRowDto {
  const { caseTitle, matter, awaiting, deadline } = call;
  return { ...itemView(call), caseTitle, matter, awaiting, deadline, late: deadline !== null && now > deadline };
}

function callView(call: JointCallPage, now: Date): JointCallDto {
  const units = call.units.map((one) => ({ ...one, late: isCallLate(one, now) }));
  return { ...itemView(call), matter: call.matter, units };
}
