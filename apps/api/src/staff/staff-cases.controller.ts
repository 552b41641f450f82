import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { CaseService, LocalWork } from '@linli/casework';
import type { Officer } from '@linli/directory';
import { isUuid, Refusal } from '@linli/kernel';
import { Filing } from '@linli/journeys';
import { Clock, FileStore, OnceOnly, type RequestKey } from '@linli/platform';
import { ActingOfficer, caseOfficers, For, givenReaders, givenWorkers } from '../access/access';
import { OnceKey } from '../http/request-key';
import { CaseAct } from './case-act';
import { sendFile } from '../http/send-file';
import { CaseDto, CorrectionDto } from '../residents/cases.dto';
import { AcceptanceDto } from './staff-course.dto';
import { ClosureDto, NoticeDto, RevealDto, RevealedDto, StaffCasePageDto, StaffCaseQueryDto } from './staff-cases.dto';

@ApiTags('staff: cases')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: caseOfficers })
@Controller('api/v1/staff/cases')
export class StaffCasesController {
  constructor(
    private readonly acts: CaseAct,
    private readonly cases: CaseService,
    private readonly local: LocalWork,
    private readonly filing: Filing,
    private readonly files: FileStore,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** The cases within the officer's reach, soonest due first. */
  @Get()
  @For({ officers: givenReaders })
  async list(
    @ActingOfficer() officer: Officer,
    @Query() { limit, cursor, ...query }: StaffCaseQueryDto,
  ): Promise<StaffCasePageDto> {
    return this.cases.list(officer, query, limit, cursor ?? null);
  }

  /** Accepts a submission (受理), deferring papers (容缺受理) or taking a pledge for them (告知承诺) where the guide allows it. */
  @Post(':number/acceptance')
  @HttpCode(200)
  accept(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() { deferred, pledged = false, by, pledgedFor }: AcceptanceDto,
  ): Promise<CaseDto> {
    const later = deferred && { materials: deferred, pledged, ...(by && { by }) };
    return this.acts.perform(key, (tx, now) => this.cases.accept(tx, number, officer, now, later, pledgedFor));
  }

  /** Names everything that is missing, once (一次性告知). */
  @Post(':number/correction-notice')
  @HttpCode(200)
  notice(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() notice: NoticeDto,
  ): Promise<CaseDto> {
    return this.acts.perform(key, (tx, now) => this.cases.requestCorrection(tx, number, officer, notice, now));
  }

  /** Records what the applicant handed in at the window. */
  @Post(':number/corrections')
  @HttpCode(200)
  async correct(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() correction: CorrectionDto,
  ): Promise<CaseDto> {
    const { materials = [], fileIds = [] } = correction;
    await this.filing.checkFiles({ kind: 'officer', id: officer.id }, [
      ...fileIds,
      ...materials.map((one) => one.fileId),
    ]);
    return this.acts.perform(key, (tx, now) =>
      this.cases.correctByOfficer(tx, number, officer, { ...correction, channel: 'api' }, now),
    );
  }

  /** Closes a case with its outcome, the answer to the applicant, and the evidence (办结). */
  @Post(':number/closure')
  @For({ officers: givenWorkers })
  @HttpCode(200)
  async close(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() closure: ClosureDto,
  ): Promise<CaseDto> {
    await this.filing.checkFiles({ kind: 'officer', id: officer.id }, closure.evidence.filter(isUuid));
    return this.acts.perform(key, async (tx, now) => {
      await this.local.require(tx, number, officer, 'close');
      return this.cases.close(tx, number, officer, closure, now);
    });
  }

  /** Shows the personal parts unmasked; who looked, when and why is kept. */
  @Post(':number/reveal')
  @For({ officers: givenWorkers })
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async reveal(
    @ActingOfficer() officer: Officer,
    @Param('number') number: string,
    @Body() { reason }: RevealDto,
  ): Promise<RevealedDto> {
    const now = this.clock.now();
    return this.once.perform(null, now, async (tx) => {
      await this.local.require(tx, number, officer, 'reveal');
      return this.cases.reveal(tx, number, officer, reason, now);
    });
  }

  /** A file of the case. */
  @Get(':number/files/:fileId')
  @For({ officers: givenWorkers })
  @Header('Cache-Control', 'private, no-store')
  async file(
    @ActingOfficer() officer: Officer,
    @Param('number') number: string,
    @Param('fileId') fileId: string,
  ): Promise<StreamableFile> {
    if (!isUuid(fileId)) throw new Refusal('file.notFound');
    await this.cases.fileOf(number, officer, fileId);
    return sendFile(await this.files.read(fileId));
  }
}
