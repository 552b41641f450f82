import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { AdmissionService, officerRoles, type AdmissionDraft, type Officer } from '@linli/directory';
import { Assignment, Responsibilities } from '@linli/journeys';
import { Refusal } from '@linli/kernel';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { ActingOfficer, For } from '../access/access';
import { dayOf } from '../http/day';
import { OnceKey } from '../http/request-key';
import {
  AdmissionDraftDto,
  AdmissionDto,
  AdmissionPageDto,
  AdmissionsQueryDto,
  CheckAnswerDto,
  CheckQueryDto,
  RevocationDto,
} from './responsibility.dto';

@ApiTags('staff: responsibility')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: ['dispatcher', 'department', 'supervisor', 'leader', 'admin'] })
@Controller('api/v1')
export class StaffResponsibilityController {
  constructor(
    private readonly assignment: Assignment,
    private readonly responsibilities: Responsibilities,
    private readonly admissions: AdmissionService,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Whether a unit may be made responsible for a matter, with the record, or the reason and who answers instead. */
  @Get('responsibility/check')
  @For({ officers: officerRoles })
  check(@Query() { entry, unit, on, role, subdistrict }: CheckQueryDto): Promise<CheckAnswerDto> {
    return this.assignment.check({
      entryId: entry,
      unitId: unit,
      role,
      on: dayOf(on, this.clock.now()),
      subdistrictId: subdistrict ?? null,
    });
  }

  /** Admission records (职责准入), the newest first. */
  @Get('staff/responsibility/admissions')
  list(@Query() { state, unit, limit, cursor }: AdmissionsQueryDto): Promise<AdmissionPageDto> {
    return this.admissions.page({ state: state ?? null, toUnit: unit ?? null }, limit, cursor ?? null);
  }

  /** Proposes that a duty come down to a subdistrict or a community. */
  @Post('staff/responsibility/admissions')
  propose(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Body() body: AdmissionDraftDto,
  ): Promise<AdmissionDto> {
    const now = this.clock.now();
    const draft = draftOf(body, now);
    return this.once.perform(key, now, (tx) => this.responsibilities.propose(tx, officer, draft, now));
  }

  /** Approves somebody else's proposal. */
  @Post('staff/responsibility/admissions/:id/approval')
  @HttpCode(200)
  approve(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<AdmissionDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => this.responsibilities.approve(tx, officer, id, now));
  }

  /** Ends an admission from a day on, or takes a proposal back. */
  @Post('staff/responsibility/admissions/:id/revocation')
  @HttpCode(200)
  revoke(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { on, reason }: RevocationDto,
  ): Promise<AdmissionDto> {
    const now = this.clock.now();
    const end = { on: dayOf(on, now), reason };
    return this.once.perform(key, now, (tx) => this.responsibilities.revoke(tx, officer, id, end, now));
  }
}

function draftOf({ matter, toUnit, effectiveOn, endsOn, ...rest }: AdmissionDraftDto, now: Date): AdmissionDraft {
  const { entry = null, category = null, text = null } = matter;
  if ([entry, category, text].filter((one) => one !== null).length !== 1)
    throw new Refusal('request.invalid', [{ at: 'matter', problem: '事项、类别、文字三样里只写一样' }]);
  return {
    ...rest,
    matter: { entryId: entry, category, text },
    toUnit: toUnit ?? null,
    effectiveOn: dayOf(effectiveOn, now, 'effectiveOn'),
    endsOn: endsOn === undefined ? null : dayOf(endsOn, now, 'endsOn'),
  };
}
