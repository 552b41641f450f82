import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { TaskList, Tasks, type Task } from '@linli/casework';
import { Clock, OnceOnly, Public, type RequestKey } from '@linli/platform';
import { For, ResidentId } from '../access/access';
import { OnceKey } from '../http/request-key';
import { PagingDto } from '../http/paging.dto';
import { PublicTaskPageDto, VolunteerQueryDto, PublicTaskDto } from './tasks.dto';

@ApiTags('tasks')
@Controller('api/v1')
export class PublicTasksController {
  constructor(
    private readonly reading: TaskList,
    private readonly tasks: Tasks,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Tasks and their results that were published, newest first. */
  @Get('public-tasks')
  @Public('published resolutions, replies and results are for everybody to read')
  async published(@Query() { limit, cursor }: PagingDto): Promise<PublicTaskPageDto> {
    const { items, nextCursor } = await this.reading.published(limit, cursor ?? null);
    return { items: items.map(publicView), nextCursor };
  }

  /** Volunteers' tasks of a subdistrict that still have places (党员报到). */
  @Get('volunteer-tasks')
  @ApiBearerAuth()
  @For({ residents: true })
  async volunteering(@Query() { subdistrictId, limit, cursor }: VolunteerQueryDto): Promise<PublicTaskPageDto> {
    const now = this.clock.now();
    const { items, nextCursor } = await this.reading.volunteering(subdistrictId, limit, cursor ?? null, now);
    return { items: items.map(publicView), nextCursor };
  }

  /** Takes one place of a volunteers' task (认领). */
  @Post('volunteer-tasks/:id/takings')
  @ApiBearerAuth()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Sent again with the same body: the same answer',
  })
  @For({ residents: true })
  take(
    @ResidentId() residentId: string,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<PublicTaskDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) =>
      publicView(await this.tasks.take(tx, id, { kind: 'resident', id: residentId }, now)),
    );
  }
}

function publicView({ state: _state, createdAt: _created, evidence: _evidence, ...task }: Task): PublicTaskDto {
  return task;
}
