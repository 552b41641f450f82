import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CircleService, hoursInWords, isOpenAt } from '@linli/circle';
import { CircleSearch } from '@linli/journeys';
import type { WorkCalendar } from '@linli/kernel';
import { CALENDAR, Clock, Public } from '@linli/platform';
import { spanOf } from '../http/span';
import { PlaceDto } from './circle-place.dto';
import { CategoriesDto, NearbyQueryDto, NearPlacesDto, WhereaboutsDto, WhereQueryDto } from './circle.dto';

@ApiTags('circle')
@Public('what is around a resident is public; where they ask from is used and forgotten')
@Controller('api/v1/circle')
export class CircleController {
  constructor(
    private readonly circle: CircleService,
    private readonly search: CircleSearch,
    private readonly clock: Clock,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** Places within so many minutes on foot, nearest first. */
  @Get('places')
  @Header('Cache-Control', 'no-store')
  async places(@Query() { freeFrom, freeTo, ...query }: NearbyQueryDto): Promise<NearPlacesDto> {
    return { items: await this.search.near(query, spanOf(freeFrom, freeTo)) };
  }

  /** One place: address, phone, hours, services. */
  @Get('places/:id')
  @ApiOkResponse({ type: PlaceDto })
  async place(@Param('id') id: string): Promise<PlaceDto> {
    const { offerings, hours, ...place } = await this.circle.place(id);
    const openNow = place.active && isOpenAt(hours, this.clock.now(), this.calendar);
    return { ...place, hours, hoursText: hoursInWords(hours), openNow, services: offerings };
  }

  /** Kinds of places, with the finer ones under each. */
  @Get('categories')
  categories(): CategoriesDto {
    return { items: this.circle.categories() };
  }

  /** Subdistrict and community of a point. */
  @Get('where')
  @Header('Cache-Control', 'no-store')
  async where(@Query() point: WhereQueryDto): Promise<WhereaboutsDto> {
    return this.circle.where(point);
  }
}
