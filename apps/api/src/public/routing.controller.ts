import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Public } from '@linli/platform';
import { ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import { SecondOpinions } from '@linli/journeys';
import { computeLimit } from '../http/rate-limit';
import { RouteRequestDto, RouteResponseDto } from './routing.dto';

/** What a second opinion may take, where a language model is set up. */
const budgetMs = 2000;

@ApiTags('routing')
@Public('residents ask before they sign in; the text is not kept')
@Controller('api/v1/route')
export class RoutingController {
  constructor(private readonly opinions: SecondOpinions) {}

  /** Finds what a text means: ranked catalogue entries, or none, an emergency, a wish for a human. */
  @Post()
  @HttpCode(200)
  @Throttle(computeLimit)
  route(@Body() { text, limit }: RouteRequestDto): Promise<RouteResponseDto> {
    return this.opinions.route(text, limit, budgetMs);
  }
}
