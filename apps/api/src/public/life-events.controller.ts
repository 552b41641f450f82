import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LifeEventService, type LifeEventGuide } from '@linli/catalogue';
import { Public } from '@linli/platform';
import { PagingDto } from '../http/paging.dto';
import { LifeEventPageDto } from './life-events.dto';

@ApiTags('catalogue')
@Public('guides are published by law, those of bundled items too')
@Controller('api/v1/life-events')
export class LifeEventsController {
  constructor(private readonly lifeEvents: LifeEventService) {}

  /** The life events (一事联办). */
  @Get()
  list(@Query() { limit, cursor }: PagingDto): Promise<LifeEventPageDto> {
    return this.lifeEvents.list(limit, cursor ?? null);
  }

  /** One form, one set of materials, one time: the guide of a life event, and what it saves. */
  @Get(':id')
  guide(@Param('id') id: string): Promise<LifeEventGuide> {
    return this.lifeEvents.guide(id);
  }
}
