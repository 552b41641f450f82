import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OfferingDesks } from '@linli/journeys';
import { Clock, Public } from '@linli/platform';
import { dayOf } from '../http/day';
import { SlotListDto, SlotRangeDto } from '../residents/bookings.dto';

@ApiTags('bookings')
@Public('times and free seats are shown before anybody signs in')
@Controller('api/v1/services')
export class SlotsController {
  constructor(
    private readonly desks: OfferingDesks,
    private readonly clock: Clock,
  ) {}

  /** The times of a service at a place that can be booked now, with the seats still free. */
  @Get(':id/slots')
  async slots(@Param('id') id: string, @Query() { from, to }: SlotRangeDto): Promise<SlotListDto> {
    const now = this.clock.now();
    const first = from === undefined ? null : dayOf(from, now, 'from');
    const last = to === undefined ? null : dayOf(to, now, 'to');
    return { items: await this.desks.slots(id, first, last) };
  }
}
