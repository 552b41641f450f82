import { Body, Controller, Get, Header, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { Counter } from '@linli/casework';
import type { Officer } from '@linli/directory';
import { CounterDesk, Filing, type CounterFilingWish } from '@linli/journeys';
import { Refusal } from '@linli/kernel';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { ActingOfficer, chatOfficers, For } from '../access/access';
import { PagingDto } from '../http/paging.dto';
import { OnceKey } from '../http/request-key';
import { caseView } from '../residents/case-view';
import { CaseDto } from '../residents/cases.dto';
import { CounterCaseDto, CounterPageDto, PersonMatchesDto, PersonSearchDto } from './counter.dto';

@ApiTags('staff: counter')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: chatOfficers })
@Controller('api/v1/staff/counter')
export class CounterController {
  constructor(
    private readonly desk: CounterDesk,
    private readonly counter: Counter,
    private readonly filing: Filing,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Opens a case for somebody at the window, on the phone or on paper. */
  @Post('cases')
  async open(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Body() body: CounterCaseDto,
  ): Promise<CaseDto> {
    const wish = wishOf(body);
    const files = 'itemId' in wish ? wish.materials.map((one) => one.fileId) : wish.fileIds;
    await this.filing.checkFiles({ kind: 'officer', id: officer.id }, files);
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => caseView(await this.desk.open(tx, officer, wish, now)));
  }

  /** What the caller's own counters took in, newest first, wherever the applicants live. */
  @Get('cases')
  takenIn(@ActingOfficer() officer: Officer, @Query() { limit, cursor }: PagingDto): Promise<CounterPageDto> {
    return this.counter.takenIn(officer, limit, cursor ?? null);
  }

  /** Who came to a counter before under a number, masked, with what they have under way; who looked is kept. */
  @Post('people/search')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async search(@ActingOfficer() officer: Officer, @Body() body: PersonSearchDto): Promise<PersonMatchesDto> {
    const now = this.clock.now();
    return this.once.perform(null, now, async (tx) => ({
      items: await this.counter.search(tx, body, officer, now),
    }));
  }
}

/** An item or a problem, never both and never neither. */
function wishOf(body: CounterCaseDto): CounterFilingWish {
  const { itemId, categoryId, source, applicant, subdistrictId, text = '', place, agentFor } = body;
  const { answers = {}, materials = [], onPaper = [], fileIds = [] } = body;
  if ((itemId === undefined) === (categoryId === undefined))
    throw new Refusal('case.invalid', [{ at: 'itemId', problem: '请选一个事项，或者选一类问题' }]);
  const common = { source, applicant, ...(subdistrictId !== undefined && { subdistrictId }) };
  if (itemId !== undefined) return { ...common, itemId, answers, materials, onPaper, ...(agentFor && { agentFor }) };
  return { ...common, categoryId: categoryId ?? '', text, fileIds, ...(place && { place }) };
}
