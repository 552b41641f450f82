import { Controller, Get, Header, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { coverageCsv, CoverageService, type Coverage, type NamedUnmet } from '@linli/circle';
import { Public } from '@linli/platform';
import { computeLimit } from '../http/rate-limit';
import { CoverageMapQueryDto, CoverageQueryDto } from './coverage.dto';

/** The report with the searches that found nothing. */
export type CoverageReport = Coverage & { readonly unmetSearches: readonly NamedUnmet[] };

@ApiTags('circle')
@Public('how well the circle covers the district is told to everybody; it holds no person and no position of one')
@Throttle(computeLimit)
@Controller('api/v1/circle')
export class CoverageController {
  constructor(private readonly coverage: CoverageService) {}

  /** Shares of residential points within 5, 10 and 15 minutes of an open place, gaps, document 004's figures; `Accept: text/csv` gives the file. */
  @Get('coverage')
  @ApiProduces('application/json', 'text/csv')
  async report(
    @Query() { on }: CoverageQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CoverageReport | string> {
    const coverage = await this.coverage.coverage(on);
    response.vary('Accept');
    if (request.accepts(['application/json', 'text/csv']) !== 'text/csv')
      return { ...coverage, unmetSearches: await this.coverage.unmetSearches() };
    response.type('text/csv; charset=utf-8');
    response.attachment(`coverage-${coverage.on}.csv`);
    return coverageCsv(coverage, await this.coverage.unmetSearches());
  }

  /** The map of one category. */
  @Get('coverage.svg')
  @ApiProduces('image/svg+xml')
  @Header('Content-Type', 'image/svg+xml; charset=utf-8')
  map(@Query() { on, category, minutes }: CoverageMapQueryDto): Promise<string> {
    return this.coverage.map(on, category, minutes);
  }
}
