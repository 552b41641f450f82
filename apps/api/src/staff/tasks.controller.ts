import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { TaskList, Tasks, type Task } from '@linli/casework';
import type { Officer, OfficerRole } from '@linli/directory';
import { Filing, TaskDesk } from '@linli/journeys';
import { Clock, OnceOnly, type RequestKey, type Tx } from '@linli/platform';
import { ActingOfficer, For } from '../access/access';
import { OnceKey } from '../http/request-key';
import { TaskChangeDto, TaskCompletionDto, TaskPageDto, TaskQueryDto, TaskWishDto, TaskDto } from './tasks.dto';

const everybody: readonly OfficerRole[] = [
  'dispatcher',
  'department',
  'community',
  'grid',
  'leader',
  'supervisor',
  'admin',
];
/** Those who give tasks, publish and drop them: the subdistrict's people and those above. */
const givers: readonly OfficerRole[] = ['dispatcher', 'community', 'leader', 'supervisor', 'admin'];

@ApiTags('staff: tasks')
@ApiBearerAuth()
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Sent again with the same body: the same answer' })
@For({ officers: everybody })
@Controller('api/v1/staff/tasks')
export class TasksController {
  constructor(
    private readonly desk: TaskDesk,
    private readonly tasks: Tasks,
    private readonly reading: TaskList,
    private readonly filing: Filing,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Gives a task beyond cases to a unit, or to volunteers. */
  @Post()
  @For({ officers: givers })
  add(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Body() { wanted = 1, ...wish }: TaskWishDto,
  ): Promise<TaskDto> {
    return this.act(key, (tx, now) => this.desk.add(tx, officer, { ...wish, wanted }, now));
  }

  /** Tasks in one state, the earliest day first; by default the open ones. */
  @Get()
  async list(
    @ActingOfficer() officer: Officer,
    @Query() { state = 'open', kind, limit, cursor }: TaskQueryDto,
  ): Promise<TaskPageDto> {
    const { items, nextCursor } = await this.reading.list(
      officer,
      { state, kind: kind ?? null },
      limit,
      cursor ?? null,
    );
    return { items, nextCursor };
  }

  @Get(':id')
  async read(@ActingOfficer() officer: Officer, @Param('id') id: string): Promise<TaskDto> {
    return this.reading.read(id, officer);
  }

  /** Changes what is still open. */
  @Patch(':id')
  @For({ officers: givers })
  async change(
    @ActingOfficer() officer: Officer,
    @Param('id') id: string,
    @Body() change: TaskChangeDto,
  ): Promise<TaskDto> {
    return this.act(null, (tx, now) => this.tasks.change(tx, id, officer, change, now));
  }

  /** Takes one of a task's places (认领). */
  @Post(':id/takings')
  take(
    @ActingOfficer() { id: officerId }: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<TaskDto> {
    return this.act(key, (tx, now) => this.tasks.take(tx, id, { kind: 'officer', id: officerId }, now));
  }

  /** Says that a task is done, with what its kind must show. */
  @Post(':id/completion')
  @HttpCode(200)
  async finish(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
    @Body() { result, fileIds = [] }: TaskCompletionDto,
  ): Promise<TaskDto> {
    await this.filing.checkFiles({ kind: 'officer', id: officer.id }, fileIds);
    return this.act(key, (tx, now) => this.tasks.finish(tx, id, officer, { result, fileIds }, now));
  }

  /** Shows a task and its result to everybody. */
  @Post(':id/publication')
  @HttpCode(200)
  @For({ officers: givers })
  publish(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<TaskDto> {
    return this.act(key, (tx, now) => this.tasks.publish(tx, id, officer, now));
  }

  /** Drops a task that will not be done. */
  @Post(':id/dropping')
  @HttpCode(200)
  @For({ officers: givers })
  drop(
    @ActingOfficer() officer: Officer,
    @OnceKey() key: RequestKey | null,
    @Param('id') id: string,
  ): Promise<TaskDto> {
    return this.act(key, (tx, now) => this.tasks.drop(tx, id, officer, now));
  }

  private act(key: RequestKey | null, step: (tx: Tx, now: Date) => Promise<Task>): Promise<TaskDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => step(tx, now));
  }
}
