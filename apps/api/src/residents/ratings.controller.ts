import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { isUuid, Refusal } from '@linli/kernel';
import { RatingByProgram } from '@linli/journeys';
import { Clock, OnceOnly, Public, type RequestKey } from '@linli/platform';
import { optionSetsOf, RatingService, type OptionSets } from '@linli/rating';
import { For, ResidentId } from '../access/access';
import { PagingDto } from '../http/paging.dto';
import { OnceKey } from '../http/request-key';
import { DeviceTrace } from './ratings-device';
import { AddendumDto, AddendumRequestDto, OptionsQueryDto, RateablePageDto, RateDto, RatingDto } from './ratings.dto';

@ApiTags('ratings')
@ApiBearerAuth()
@For({ residents: true })
@Controller('api/v1')
export class RatingsController {
  constructor(
    private readonly ratings: RatingService,
    private readonly byProgram: RatingByProgram,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** What may be ticked beside each grade; ids are sent, words are shown. */
  @Get('ratings/options')
  @Public('the wording of a form')
  options(@Query() { channel = 'miniProgram' }: OptionsQueryDto): OptionSets {
    return optionSetsOf(channel);
  }

  /** Services that await the caller's rating, newest last. */
  @Get('me/rateable')
  async rateable(@ResidentId() id: string, @Query() { limit, cursor }: PagingDto): Promise<RateablePageDto> {
    return this.ratings.rateable(id, limit, cursor ?? null);
  }

  /** Rates one service, once. */
  @Post('ratings')
  async rate(
    @ResidentId() id: string,
    @OnceKey() key: RequestKey | null,
    @DeviceTrace() device: string,
    @Body() body: RateDto,
  ): Promise<RatingDto> {
    const channels = await this.byProgram.channelsOf(id);
    const now = this.clock.now();
    const rating = { ...body, options: body.options ?? [], anonymous: body.anonymous ?? false, device };
    return this.once.perform(key, now, (tx) => this.byProgram.rate(tx, id, channels, rating, now));
  }

  /** 追加评价: adds words to a rating, once. */
  @Post('ratings/:id/addendum')
  async add(
    @ResidentId() residentId: string,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { text }: AddendumRequestDto,
  ): Promise<AddendumDto> {
    if (!isUuid(id)) throw new Refusal('rating.notFound');
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => this.ratings.addendum(tx, id, { residentId }, text, now));
  }
}
