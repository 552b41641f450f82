import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { Supporting, type SupportRecord } from '@linli/casework';
import type { Officer } from '@linli/directory';
import { Filing } from '@linli/journeys';
import { isUuid } from '@linli/kernel';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { ActingOfficer, For, givenReaders, givenWorkers } from '../access/access';
import { OnceKey } from '../http/request-key';
import { SupportRecordListDto, SupportWishDto, type SupportRecordDto } from './dispatches.dto';

@ApiTags('staff: dispatches')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: givenReaders })
@Controller('api/v1/staff/cases/:number/support-records')
export class SupportRecordsController {
  constructor(
    private readonly supporting: Supporting,
    private readonly filing: Filing,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** What helping units recorded of what they did (协办记录), in order; the applicant never sees it. */
  @Get()
  async of(@ActingOfficer() officer: Officer, @Param('number') number: string): Promise<SupportRecordListDto> {
    return this.once.perform(null, this.clock.now(), async (tx) => ({
      items: (await this.supporting.of(tx, number, officer)).map(recordView),
    }));
  }

  /** Records what the caller's unit did as one that helps: action, evidence, when. */
  @Post()
  @For({ officers: givenWorkers })
  async record(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() wish: SupportWishDto,
  ): Promise<SupportRecordDto> {
    await this.filing.checkFiles({ kind: 'officer', id: officer.id }, wish.evidence.filter(isUuid));
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) =>
      recordView(await this.supporting.record(tx, number, officer, wish, now)),
    );
  }
}

function recordView({ caseId: _caseId, ...record }: SupportRecord): SupportRecordDto {
  return record;
}
