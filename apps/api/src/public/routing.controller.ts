import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Public } from '@linli/platform';
import { ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import { Guidepost } from '@linli/journeys';
import { computeLimit } from '../http/rate-limit';
import { RouteRequestDto, RouteResponseDto } from './routing.dto';

@ApiTags('routing')
@Public('residents ask before they sign in; the text is not kept')
@Controller('api/v1/route')
export class RoutingController {
  constructor(private readonly guidepost: Guidepost) {}

  /** Finds what a text means: ranked catalogue entries, or none, an emergency, a wish for a human. */
  @Post()
  @HttpCode(200)
  @Throttle(computeLimit)
  route(@Body() { text, limit }: RouteRequestDto): RouteResponseDto {
    return this.guidepost.route(text, limit);
  }
}
