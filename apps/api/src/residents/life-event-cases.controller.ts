import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { Bundles } from '@linli/casework';
import { Filing, LifeEventFiling } from '@linli/journeys';
import { Clock, OnceOnly, type RequestKey } from '@linli/platform';
import { For, ResidentId } from '../access/access';
import { OnceKey } from '../http/request-key';
import { BundleDto, LifeEventCasesDto, OpenedBundleDto } from './life-event-cases.dto';

@ApiTags('cases')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ residents: true })
@Controller('api/v1')
export class LifeEventCasesController {
  constructor(
    private readonly lifeEvents: LifeEventFiling,
    private readonly filing: Filing,
    private readonly bundles: Bundles,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Applies for all items of a life event at once (一事联办): all cases are opened, or none. */
  @Post('life-events/:id/cases')
  async open(
    @ResidentId() residentId: string,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { answers = {}, materials = [], items = [], ...rest }: LifeEventCasesDto,
  ): Promise<OpenedBundleDto> {
    const files = materials.map((one) => one.fileId);
    await this.filing.checkFiles({ kind: 'resident', id: residentId }, files);
    const prepared = await this.lifeEvents.prepare(id, { ...rest, answers, materials, items });
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => this.lifeEvents.open(tx, residentId, prepared, now));
  }

  /** The cases of a life event as they stand, and the one date for all of them. */
  @Get('me/bundles/:id')
  bundle(@ResidentId() residentId: string, @Param('id') id: string): Promise<BundleDto> {
    return this.bundles.ofResident(id, residentId);
  }
}
