import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { RatingByProgram, refusalWords } from '@linli/journeys';
import { Refusal } from '@linli/kernel';
import { Clock, OnceOnly, Public } from '@linli/platform';
import { RatingLinks } from '@linli/rating';
import { statusOf } from '../http/problem.filter';
import { DeviceTrace } from '../residents/ratings-device';
import { RatingFormDto, RatingPageQueryDto } from './rating-links.dto';
import { gradesPage, linkRefusedPage, ratedPage, reasonsPage } from './rating-page';

/** What residents see who scan the code of a window or are handed the tablet: plain pages that work on any phone. */
@ApiTags('ratings')
@Public('the signed link itself is the permission')
@Controller('api/v1/rating-links/:token/page')
export class RatingPageController {
  constructor(
    private readonly links: RatingLinks,
    private readonly byProgram: RatingByProgram,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** The five grades, then the reasons that belong to the one that was chosen. */
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  @Header('Referrer-Policy', 'no-referrer')
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  show(
    @Param('token') token: string,
    @Query() { grade }: RatingPageQueryDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return inWords(response, async () => {
      const link = await this.links.open(token, this.clock.now());
      return grade === undefined ? gradesPage(link) : reasonsPage(link, grade);
    });
  }

  /** Rates by the form; the link works once. */
  @Post()
  @HttpCode(200)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  rate(
    @Param('token') token: string,
    @DeviceTrace() device: string,
    @Body() { grade, options, text, anonymous }: RatingFormDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return inWords(response, async () => {
      const now = this.clock.now();
      const known = await this.links.ofToken(token, now);
      const channels = await this.byProgram.channelsOf(known.residentId);
      const words = text?.trim() ?? '';
      const rating = { grade, options, anonymous: anonymous === '1', device, ...(words === '' ? {} : { text: words }) };
      await this.once.perform(null, now, (tx) => this.byProgram.rateByLink(tx, token, known, channels, rating, now));
      return ratedPage();
    });
  }
}

/** A refusal as a page, under the status programs would get. */
async function inWords(response: Response, work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    response.status(statusOf[error.kind]);
    return linkRefusedPage(refusalWords[error.code]);
  }
}
