import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { WorkQueue } from '@linli/casework';
import type { Officer } from '@linli/directory';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { ActingOfficer, caseOfficers, For } from '../access/access';
import { OnceKey } from '../http/request-key';
import { ClaimWishDto, PriorityDto, ClaimDto, ClaimedDto, ClaimListDto, PrioritisedDto } from './work-queue.dto';

@ApiTags('staff: work queue')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: caseOfficers })
@Controller('api/v1/staff')
export class WorkQueueController {
  constructor(
    private readonly queue: WorkQueue,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** What the caller has in hand. */
  @Get('work-queue')
  async mine(@ActingOfficer() officer: Officer): Promise<ClaimListDto> {
    return { items: await this.queue.mine(officer, this.clock.now()) };
  }

  /** Takes the next case that waits within the caller's reach, for ten minutes; no case is in two hands. */
  @Post('work-queue/claims')
  claim(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Body() { entryIds }: ClaimWishDto,
  ): Promise<ClaimedDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => ({
      claim: await this.queue.claim(tx, officer, entryIds ?? null, now),
    }));
  }

  /** Keeps a claimed case for another ten minutes. */
  @Post('work-queue/claims/:number/renewal')
  @HttpCode(200)
  renew(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
  ): Promise<ClaimDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => this.queue.renew(tx, number, officer, now));
  }

  /** Gives a claimed case back. */
  @Delete('work-queue/claims/:number')
  @HttpCode(204)
  async release(@ActingOfficer() officer: Officer, @Param('number') number: string): Promise<void> {
    const now = this.clock.now();
    await this.once.perform(null, now, (tx) => this.queue.release(tx, number, officer, now));
  }

  /** Lets a case come first (优先办理), for whom the law says so. */
  @Post('cases/:number/priority')
  @HttpCode(200)
  prioritise(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() { reason }: PriorityDto,
  ): Promise<PrioritisedDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => {
      await this.queue.prioritise(tx, number, officer, reason, now);
      return { number, reason };
    });
  }
}
