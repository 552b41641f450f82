import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Officer } from '@linli/directory';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { RatingCallbacks, RatingLinks } from '@linli/rating';
import { ActingOfficer, caseOfficers, For } from '../access/access';
import { OnceKey } from '../http/request-key';
import { DeviceTrace } from '../residents/ratings-device';
import { RatingCallbackDto, RatingLinkWishDto, type IssuedLinkDto, type NotedCallbackDto } from './rating-asking.dto';

@ApiTags('staff: ratings')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: caseOfficers })
@Controller('api/v1/staff/cases/:number')
export class RatingAskingController {
  constructor(
    private readonly links: RatingLinks,
    private readonly callbacks: RatingCallbacks,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** A link that lets the resident rate the latest service of a case or booking, once. */
  @Post('rating-link')
  issue(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @DeviceTrace() device: string,
    @Param('number') number: string,
    @Body() { via = 'windowQr' }: RatingLinkWishDto,
  ): Promise<IssuedLinkDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => {
      const { token, expiresAt } = await this.links.issue(tx, number, officer, { via, device }, now);
      return { token, path: `/api/v1/rating-links/${token}`, expiresAt };
    });
  }

  /** Notes what a resident said on the phone; never in the place of their own rating. */
  @Post('rating-callback')
  note(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('number') number: string,
    @Body() { calledAt, ...call }: RatingCallbackDto,
  ): Promise<NotedCallbackDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) =>
      this.callbacks.record(tx, number, officer, { ...call, calledAt: new Date(calledAt) }, now),
    );
  }
}
