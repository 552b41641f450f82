import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Officer } from '@linli/directory';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { OverdueAlarms } from '@linli/rating';
import { ActingOfficer, For } from '../access/access';
import { OnceKey } from '../http/request-key';
import { AlarmNoteDto, AlarmQueryDto, type OverdueAlarmPageDto } from './overdue-alarms.dto';
import type { DoneDto } from './rating-review.dto';

/** 差评整改超期: what those above have to see. */
@ApiTags('staff: rectifications')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: ['supervisor', 'leader', 'admin'] })
@Controller('api/v1/staff/rectification-alarms')
export class OverdueAlarmsController {
  constructor(
    private readonly alarms: OverdueAlarms,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Steps that missed their day, oldest first, until somebody takes note. */
  @Get()
  list(
    @ActingOfficer() officer: Officer,
    @Query() { noted = false, limit, cursor }: AlarmQueryDto,
  ): Promise<OverdueAlarmPageDto> {
    return this.alarms.list(officer, noted, limit, cursor ?? null);
  }

  /** Takes note of one, with what is done about it. */
  @Post(':id/note')
  @HttpCode(200)
  note(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { note }: AlarmNoteDto,
  ): Promise<DoneDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => {
      await this.alarms.note(tx, id, officer, note, now);
      return { id };
    });
  }
}
