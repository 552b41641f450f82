import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Officer } from '@linli/directory';
import { isUuid, Refusal } from '@linli/kernel';
import { HandOvers } from '@linli/journeys';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { ActingOfficer, chatOfficers, For } from '../access/access';
import { OnceKey } from '../http/request-key';
import {
  HandOverPageDto,
  HandOverQueryDto,
  HandOverReadDto,
  HandOverStateDto,
  OfficerWordsDto,
  SaidDto,
} from './hand-overs.dto';

/** Conversations in which a resident asked for a human (转人工). */
@ApiTags('staff: conversations')
@ApiBearerAuth()
@For({ officers: chatOfficers })
@Controller('api/v1/staff/conversations')
export class HandOversController {
  constructor(
    private readonly handOvers: HandOvers,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Who waits, longest first. */
  @Get()
  list(
    @ActingOfficer() officer: Officer,
    @Query() { state, limit, cursor }: HandOverQueryDto,
  ): Promise<HandOverPageDto> {
    return this.handOvers.list(officer, state, limit, cursor ?? null);
  }

  /** What was said on both sides since the hand-over. */
  @Get(':id')
  read(@ActingOfficer() officer: Officer, @Param('id') id: string): Promise<HandOverReadDto> {
    return this.handOvers.read(known(id), officer);
  }

  /** Takes the conversation over; somebody else's is refused. */
  @Post(':id/takeover')
  @HttpCode(200)
  take(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<HandOverStateDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => this.handOvers.take(tx, known(id), officer, now));
  }

  /** Says something to the resident. */
  @Post(':id/messages')
  @HttpCode(200)
  say(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { text }: OfficerWordsDto,
  ): Promise<SaidDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => this.handOvers.say(tx, known(id), officer, text, now));
  }

  /** Hands the conversation back to Linli. */
  @Post(':id/end')
  @HttpCode(200)
  end(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<HandOverStateDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => this.handOvers.end(tx, known(id), officer, now));
  }
}

function known(id: string): string {
  if (!isUuid(id)) throw new Refusal('handOver.notFound');
  return id;
}
