import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
} from 'class-validator';
import { jointCallStates, urgencies, type Awaiting, type JointCallState, type Urgency } from '@linli/casework';
import { PagingDto } from '../http/paging.dto';

/** 吹哨: whom, how urgently, about what. */
export class JointCallWishDto {
  /** Ids of departments; a department may also call a subdistrict (双向). */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  departments!: string[];
  @IsString() @Length(1, 500) matter!: string;
  /** 突发 emergency, 重大 major, 日常 daily. */
  @IsOptional() @IsIn(urgencies) class?: Urgency;
  @IsOptional() @IsString() @Length(1, 32) caseNumber?: string;
  /** The catalogue entry it is about, where there is no case. */
  @IsOptional() @IsString() @Length(1, 64) entryId?: string;
  @IsOptional() @IsString() @Length(1, 64) subdistrictId?: string;
}

/** 签发; refusing takes a reason. */
export class SignatureDto {
  @IsOptional() @IsBoolean() granted?: boolean;
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
}

/** 报到: who comes and when, or why nobody does. */
export class JointCallAnswerDto {
  @IsOptional() @IsBoolean() accept?: boolean;
  @IsOptional() @IsString() @Length(1, 200) who?: string;
  @IsOptional() @Type(() => Date) @IsDate() comesAt?: Date;
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
}

export class JointCallFinishDto {
  @IsString() @Length(1, 500) result!: string;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsUUID(undefined, { each: true }) fileIds?: string[];
}

/** 配合评价, 1–5 each. */
export class CooperationDto {
  /** The unit the caller rates; may be left out while only one was called. */
  @IsOptional() @IsString() @Length(1, 64) departmentId?: string;
  @IsInt() @Min(1) @Max(5) timeliness!: number;
  @IsInt() @Min(1) @Max(5) effect!: number;
  @IsInt() @Min(1) @Max(5) attitude!: number;
  @IsOptional() @IsString() @Length(1, 500) note?: string;
}

export class JointCallQueryDto extends PagingDto {
  @IsOptional() @IsIn(jointCallStates) state?: JointCallState;
}

export class CallUnitDto {
  kind!: 'department' | 'subdistrict';
  id!: string;
  name!: string;
}

export class CooperationGivenDto {
  by!: 'caller' | 'unit';
  timeliness!: number;
  effect!: number;
  attitude!: number;
  note!: string | null;
}

export class CalledUnitDto {
  unit!: CallUnitDto;
  answerBy!: Date | null;
  arriveBy!: Date | null;
  answeredAt!: Date | null;
  accepted!: boolean | null;
  answeredInTime!: boolean | null;
  /** Who comes, or why nobody does. */
  answer!: string | null;
  comesAt!: Date | null;
  arrivedAt!: Date | null;
  finishedAt!: Date | null;
  ratedAt!: Date | null;
  result!: string | null;
  evidence!: readonly string[];
  ratings!: readonly CooperationGivenDto[];
  /** Not answered, or not there, by its time. */
  late!: boolean;
}

export class JointCallItemDto {
  id!: string;
  state!: JointCallState;
  class!: Urgency;
  subdistrictId!: string;
  caller!: CallUnitDto;
  caseNumber!: string | null;
  calledAt!: Date;
  sentAt!: Date | null;
  signedAt!: Date | null;
  /** Whether the leader found it called for; null until signed. */
  granted!: boolean | null;
}

export class JointCallDto extends JointCallItemDto {
  matter!: string;
  units!: readonly CalledUnitDto[];
}

/** One line of a list: which call, about what, and what is to be done by when. */
export class JointCallRowDto extends JointCallItemDto {
  /** What the case is about, by the catalogue's name; the case itself is not opened by it. */
  caseTitle!: string | null;
  /** In the caller's words, numbers masked. */
  matter!: string;
  /** What the caller's own unit has to do next; of other readers the unit that is due first. */
  awaiting!: Awaiting | null;
  deadline!: Date | null;
  late!: boolean;
}

export class JointCallPageDto {
  items!: readonly JointCallRowDto[];
  nextCursor!: string | null;
}
