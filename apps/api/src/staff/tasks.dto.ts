import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { taskKinds, taskStates, type TaskKind, type TaskState } from '@linli/casework';
import { PagingDto } from '../http/paging.dto';
import { NamedDto } from '../public/catalogue.dto';

const day = /^\d{4}-\d\d-\d\d$/;

/** 联席会议决议 resolution, 建议答复 proposalReply, 议事 deliberation, 购买服务 purchasedService, 志愿服务 volunteer. */
export class TaskWishDto {
  @IsIn(taskKinds) kind!: TaskKind;
  /** The unit that has to see to it. */
  @IsString() @Length(1, 64) ownerId!: string;
  @IsOptional() @IsString() @Length(1, 64) subdistrictId?: string;
  @IsString() @Length(1, 100) title!: string;
  @IsString() @Length(1, 2000) detail!: string;
  @Matches(day) dueOn!: string;
  /** How many people may take it. */
  @IsOptional() @IsInt() @Min(1) @Max(1000) wanted?: number;
}

export class TaskChangeDto {
  @IsOptional() @IsString() @Length(1, 100) title?: string;
  @IsOptional() @IsString() @Length(1, 2000) detail?: string;
  @IsOptional() @Matches(day) dueOn?: string;
  @IsOptional() @IsInt() @Min(1) @Max(1000) wanted?: number;
}

/** What came of it: a reply or result in words, or evidence, as its kind asks. */
export class TaskCompletionDto {
  @IsString() @Length(1, 2000) result!: string;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsUUID(undefined, { each: true }) fileIds?: string[];
}

export class TaskQueryDto extends PagingDto {
  @IsOptional() @IsIn(taskStates) state?: TaskState;
  @IsOptional() @IsIn(taskKinds) kind?: TaskKind;
}

export class VolunteerQueryDto extends PagingDto {
  @IsString() @Length(1, 64) subdistrictId!: string;
}

/** What everybody may read of a task. */
export class PublicTaskDto {
  id!: string;
  kind!: TaskKind;
  subdistrictId!: string;
  owner!: NamedDto;
  title!: string;
  detail!: string;
  dueOn!: string;
  wanted!: number;
  taken!: number;
  result!: string | null;
  doneAt!: Date | null;
  inTime!: boolean | null;
  publishedAt!: Date | null;
}

export class TaskDto extends PublicTaskDto {
  state!: TaskState;
  createdAt!: Date;
  evidence!: readonly string[];
}

export class TaskPageDto {
  items!: readonly TaskDto[];
  nextCursor!: string | null;
}

export class PublicTaskPageDto {
  items!: readonly PublicTaskDto[];
  nextCursor!: string | null;
}
