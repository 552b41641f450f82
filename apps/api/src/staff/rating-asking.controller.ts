import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Officer } from '@linli/directory';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { RatingCallbacks, RatingLinks } from '@linli/rating';
import { ActingOfficer, caseOfficers, For } from '../access/access';
import { codeDrawing } from '../http/code-drawing';
import { PublicAddress } from '../http/public-address';
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
    private readonly address: PublicAddress,
  ) {}

  /** A link that lets the resident rate the latest service of a case or booking, once. */
  @Post('rating-link')
  issue(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @DeviceTrace() device: string,
    @Req() request: Request,
    @Param('number') number: string,
    @Body() { via = 'windowQr' }: RatingLinkWishDto,
  ): Promise<IssuedLinkDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => {
      const { token, expiresAt } = await this.links.issue(tx, number, officer, { via, device }, now);
      const path = `/api/v1/rating-links/${token}`;
      const page = `${path}/page`;
      const address = this.address.of(request, page);
      return { token, path, page, code: address && (await codeDrawing(address)), expiresAt };
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
