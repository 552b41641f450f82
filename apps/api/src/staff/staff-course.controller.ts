import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { CaseCourse, LocalWork, Requests, ResultHandOver } from '@linli/casework';
import type { Officer } from '@linli/directory';
import { Filing } from '@linli/journeys';
import type { RequestKey } from '@linli/platform';
import { ActingOfficer, caseOfficers, For, givenReaders, givenWorkers } from '../access/access';
import { OnceKey } from '../http/request-key';
import { CaseAct } from './case-act';
import { CaseDto } from '../residents/cases.dto';
import {
  ClassificationDto,
  DecisionDto,
  DecliningDto,
  DeferredMaterialsDto,
  DeliveryDto,
  ExtensionDto,
  ReopeningDto,
  SuspensionDto,
} from './staff-course.dto';

@ApiTags('staff: cases')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: caseOfficers })
@Controller('api/v1/staff/cases')
export class StaffCourseController {
  constructor(
    private readonly acts: CaseAct,
    private readonly course: CaseCourse,
    private readonly requests: Requests,
    private readonly handOver: ResultHandOver,
    private readonly local: LocalWork,
    private readonly filing: Filing,
  ) {}

  /** Declines a submission with its reason and the authority to go to (不予受理). */
  @Post(':number/decline')
  @HttpCode(200)
  decline(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() given: DecliningDto,
  ): Promise<CaseDto> {
    return this.acts.perform(key, (tx, now) => this.course.decline(tx, number, officer, given, now));
  }

  /** Takes an accepted case in hand (开始办理). */
  @Post(':number/handling')
  @For({ officers: givenWorkers })
  @HttpCode(200)
  begin(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
  ): Promise<CaseDto> {
    return this.acts.perform(key, async (tx, now) => {
      await this.local.require(tx, number, officer, 'begin');
      return this.course.begin(tx, number, officer, now);
    });
  }

  /** Stops the clock (特别程序、挂起); the applicant is told why. */
  @Post(':number/suspension')
  @HttpCode(200)
  suspend(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() { kind = 'other', reason }: SuspensionDto,
  ): Promise<CaseDto> {
    return this.acts.perform(key, (tx, now) => this.course.suspend(tx, number, officer, { kind, reason }, now));
  }

  /** Starts the clock again. */
  @Post(':number/resumption')
  @HttpCode(200)
  resume(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
  ): Promise<CaseDto> {
    return this.acts.perform(key, (tx, now) => this.course.resume(tx, number, officer, now));
  }

  /** Extends the limit once (延期): a handler's call asks, that of a supervisor, leader or administrator grants. */
  @Post(':number/extension')
  @For({ officers: givenReaders })
  @HttpCode(200)
  extend(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() wish: ExtensionDto,
  ): Promise<CaseDto> {
    return this.acts.perform(key, async (tx, now) => {
      await this.local.require(tx, number, officer, 'extend');
      return this.course.extend(tx, number, officer, wish, now);
    });
  }

  /** Notes the decision (决定); closing follows once the result is handed over. */
  @Post(':number/decision')
  @HttpCode(200)
  decide(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() { outcome }: DecisionDto,
  ): Promise<CaseDto> {
    return this.acts.perform(key, (tx, now) => this.course.decide(tx, number, officer, outcome, now));
  }

  /** Records that the result was handed over (送达), and to whom. */
  @Post(':number/delivery')
  @HttpCode(200)
  async deliver(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() delivery: DeliveryDto,
  ): Promise<CaseDto> {
    const { evidenceFileId } = delivery.receiver ?? {};
    await this.filing.checkFiles({ kind: 'officer', id: officer.id }, evidenceFileId ? [evidenceFileId] : []);
    return this.acts.perform(key, (tx, now) => this.handOver.deliver(tx, number, officer, delivery, now));
  }

  /** Records papers that had been deferred and have come (容缺材料补交). */
  @Post(':number/deferred-materials')
  @HttpCode(200)
  async bringDeferred(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() { materials }: DeferredMaterialsDto,
  ): Promise<CaseDto> {
    await this.filing.checkFiles(
      { kind: 'officer', id: officer.id },
      materials.map((one) => one.fileId),
    );
    return this.acts.perform(key, (tx, now) => this.course.bringDeferred(tx, number, officer, materials, now));
  }

  /** Takes a closed case up again (重办). */
  @Post(':number/reopening')
  @HttpCode(200)
  reopen(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() { reason }: ReopeningDto,
  ): Promise<CaseDto> {
    return this.acts.perform(key, (tx, now) => this.course.reopenByOfficer(tx, number, officer, reason, now));
  }

  /** Says what a report asks for and how urgent it is; its dates are counted by that (诉求分类). */
  @Post(':number/classification')
  @For({ officers: ['clerk', 'dispatcher', 'supervisor', 'admin'] })
  @HttpCode(200)
  classify(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() given: ClassificationDto,
  ): Promise<CaseDto> {
    return this.acts.perform(key, (tx, now) => this.requests.classify(tx, number, officer, given, now));
  }
}
