import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { RatingByProgram } from '@linli/journeys';
import { Clock, OnceOnly, Public, type RequestKey } from '@linli/platform';
import { ExclusionStore, RatingLinks } from '@linli/rating';
import { PagingDto } from '../http/paging.dto';
import { OnceKey } from '../http/request-key';
import { DeviceTrace } from '../residents/ratings-device';
import { RatingDto } from '../residents/ratings.dto';
import { ExclusionPageDto, RateByLinkDto, type RatingLinkDto } from './rating-links.dto';

@ApiTags('ratings')
@Controller('api/v1')
export class RatingLinksController {
  constructor(
    private readonly links: RatingLinks,
    private readonly byProgram: RatingByProgram,
    private readonly exclusions: ExclusionStore,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** What a link of a window or a short message asks to rate. */
  @Get('rating-links/:token')
  @Public('the signed link itself is the permission')
  async open(@Param('token') token: string): Promise<RatingLinkDto> {
    return this.links.open(token, this.clock.now());
  }

  /** Rates by the link, which works once. */
  @Post('rating-links/:token')
  @Public('the signed link itself is the permission')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Sent again with the same body: the same answer',
  })
  async rate(
    @Param('token') token: string,
    @OnceKey() key: RequestKey | null,
    @DeviceTrace() device: string,
    @Body() { options = [], anonymous = false, ...body }: RateByLinkDto,
  ): Promise<RatingDto> {
    const now = this.clock.now();
    const known = await this.links.ofToken(token, now);
    const channels = await this.byProgram.channelsOf(known.residentId);
    const rating = { ...body, options, anonymous, device };
    return this.once.perform(key, now, (tx) => this.byProgram.rateByLink(tx, token, known, channels, rating, now));
  }

  /** Ratings that were left out of all figures, with the reason, newest first. */
  @Get('rating-exclusions')
  @Public('whatever is left out of published figures is listed openly')
  async excluded(@Query() { limit, cursor }: PagingDto): Promise<ExclusionPageDto> {
    return this.exclusions.list(limit, cursor ?? null);
  }
}
