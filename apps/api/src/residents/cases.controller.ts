import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { CaseCourse, CaseService } from '@linli/casework';
import type { Place } from '@linli/contracts';
import { Filing } from '@linli/journeys';
import { Clock, Database, OnceOnly, type RequestKey } from '@linli/platform';
import { AnyCaller, For, ResidentId, givenReaders, type Caller } from '../access/access';
import { OnceKey } from '../http/request-key';
import { PagingDto } from '../http/paging.dto';
import { caseView } from './case-view';
import { ApplyDto, CaseDto, CasePageDto, CorrectionDto, ReopeningWishDto, ReportDto } from './cases.dto';

@ApiTags('cases')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ residents: true })
@Controller('api/v1')
export class CasesController {
  constructor(
    private readonly filing: Filing,
    private readonly cases: CaseService,
    private readonly course: CaseCourse,
    private readonly once: OnceOnly,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Applies for an item. */
  @Post('cases')
  async apply(@ResidentId() id: string, @OnceKey() key: RequestKey | null, @Body() body: ApplyDto): Promise<CaseDto> {
    const { answers = {}, materials = [], ...rest } = body;
    await this.filing.checkFiles(
      { kind: 'resident', id },
      materials.map((one) => one.fileId),
    );
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) =>
      caseView(await this.filing.apply(tx, id, { ...rest, answers, materials }, now)),
    );
  }

  /** Reports a problem to the responsible department. */
  @Post('reports')
  async report(@ResidentId() id: string, @OnceKey() key: RequestKey | null, @Body() body: ReportDto): Promise<CaseDto> {
    const { lat, lng, place: words, fileIds = [], ...rest } = body;
    await this.filing.checkFiles({ kind: 'resident', id }, fileIds);
    const place: Place = {
      ...(lat === undefined || lng === undefined ? {} : { lat, lng }),
      ...(words === undefined ? {} : { words }),
    };
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) =>
      caseView(await this.filing.report(tx, id, { ...rest, place, fileIds }, now)),
    );
  }

  /** The caller's own cases, newest first. */
  @Get('me/cases')
  async mine(@ResidentId() id: string, @Query() { limit, cursor }: PagingDto): Promise<CasePageDto> {
    return this.cases.summariesOf(this.database, id, limit, cursor ?? null);
  }

  /** One case: its owner sees it whole, staff within their reach with personal parts masked. */
  @Get('cases/:number')
  @For({ residents: true, officers: givenReaders })
  async read(@AnyCaller() caller: Caller, @Param('number') number: string): Promise<CaseDto> {
    return caseView(
      caller.kind === 'officer'
        ? await this.cases.forOfficer(number, caller.officer)
        : await this.cases.forResident(number, caller.id),
    );
  }

  /** Withdraws a case that is not closed. */
  @Post('cases/:number/withdrawal')
  @HttpCode(200)
  async withdraw(
    @ResidentId() id: string,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
  ): Promise<CaseDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => caseView(await this.cases.withdraw(tx, number, id, now)));
  }

  /** Answers a correction notice. */
  @Post('cases/:number/corrections')
  @HttpCode(200)
  async correct(
    @ResidentId() id: string,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() body: CorrectionDto,
  ): Promise<CaseDto> {
    const { materials = [], fileIds = [] } = body;
    await this.filing.checkFiles({ kind: 'resident', id }, [...fileIds, ...materials.map((one) => one.fileId)]);
    const now = this.clock.now();
    const correction = { ...body, channel: 'api' as const };
    return this.once.perform(key, now, async (tx) =>
      caseView(await this.cases.correctByResident(tx, number, id, correction, now)),
    );
  }

  /** Asks for a closed case to be taken up again, within a month (重办). */
  @Post('cases/:number/reopening')
  @HttpCode(200)
  async reopen(
    @ResidentId() id: string,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() { reason }: ReopeningWishDto,
  ): Promise<CaseDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) =>
      caseView(await this.course.reopenByResident(tx, number, id, reason, now)),
    );
  }
}
