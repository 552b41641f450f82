import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsLatitude,
  IsLongitude,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import {
  requestTypes,
  type CaseOutcome,
  type CaseState,
  type RequestType,
  type RequestUrgency,
} from '@linli/contracts';

/** 申请人: the guide names which facts are needed beyond the name. */
export class ApplicantDto {
  @IsString() @Length(1, 60) name!: string;
  @IsOptional() @IsString() @Length(1, 40) phone?: string;
  @IsOptional() @IsString() @Length(1, 40) idNumber?: string;
  @IsOptional() @IsString() @Length(1, 200) address?: string;
}

/** 帮代办: for whom the caller files. */
export class PrincipalDto {
  @IsString() @Length(1, 60) name!: string;
  @IsOptional() @IsString() @Length(1, 40) idNumber?: string;
  @IsOptional() @IsString() @Length(1, 40) relation?: string;
}

export class MaterialFileDto {
  @IsString() @Length(1, 64) materialId!: string;
  @IsUUID() fileId!: string;
}

export class ApplyDto {
  @IsString() @Length(1, 64) itemId!: string;
  @IsDefined() @ValidateNested() @Type(() => ApplicantDto) applicant!: ApplicantDto;
  /** Answers by the id of the guide's form field, all as text. */
  @IsOptional() @IsObject() answers?: Record<string, string>;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(40)
  @ValidateNested({ each: true })
  @Type(() => MaterialFileDto)
  materials?: MaterialFileDto[];
  /** Where the applicant lives; else the subdistrict known from before. */
  @IsOptional() @IsString() @Length(1, 64) subdistrictId?: string;
  @IsOptional() @ValidateNested() @Type(() => PrincipalDto) agentFor?: PrincipalDto;
}

export class ReportDto {
  /** The catalogue id of a kind of problem. */
  @IsString() @Length(1, 64) categoryId!: string;
  /** 咨询、求助、投诉、举报、建议; told from the words when left out. */
  @IsOptional() @IsIn(requestTypes) type?: RequestType;
  @IsString() @Length(1, 2000) text!: string;
  @IsOptional() @IsLatitude() lat?: number;
  @IsOptional() @IsLongitude() lng?: number;
  /** The place in words. */
  @IsOptional() @IsString() @Length(1, 200) place?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(9) @IsUUID(undefined, { each: true }) fileIds?: string[];
  @IsOptional() @IsString() @Length(1, 64) subdistrictId?: string;
}

/** What a correction notice asked for. */
export class CorrectionDto {
  @IsOptional() @IsString() @Length(1, 2000) text?: string;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(40)
  @ValidateNested({ each: true })
  @Type(() => MaterialFileDto)
  materials?: MaterialFileDto[];
  @IsOptional() @IsArray() @ArrayMaxSize(9) @IsUUID(undefined, { each: true }) fileIds?: string[];
}

export class CaseSummaryDto {
  /** Unique for ever; quote it at any counter. */
  number!: string;
  kind!: 'item' | 'report';
  title!: string;
  state!: CaseState;
  department!: string;
  submittedAt!: Date;
  /** Day by which it is accepted or answered by a notice, Asia/Shanghai. */
  acceptOn!: string;
  /** Day by which it is decided; counted from acceptance. */
  dueOn!: string;
  /** What is still missing, all of it. */
  missing!: readonly string[];
  answerBy!: string | null;
  outcome!: CaseOutcome | null;
  publicReply!: string | null;
}

export class CasePageDto {
  items!: readonly CaseSummaryDto[];
  nextCursor!: string | null;
}

export class TimelineStepDto {
  at!: Date;
  what!: string;
  words!: string;
}

export class AnsweredFieldDto {
  id!: string;
  label!: string;
  value!: string;
}

export class MaterialStateDto {
  id!: string;
  name!: string;
  required!: boolean;
  fileIds!: readonly string[];
}

export class PlaceDto {
  /** GCJ-02, as WeChat's place picker gives it. */
  lat?: number;
  lng?: number;
  words?: string;
}

/** 一次性告知: everything that was missing, named once. */
export class GivenNoticeDto {
  givenAt!: Date;
  missing!: readonly string[];
  reason!: string;
  answerBy!: string;
  answeredAt!: Date | null;
}

export class DeferralDto {
  materials!: readonly string[];
  by!: string;
  metOn!: string | null;
}

export class PledgeDto {
  materials!: readonly string[];
  on!: string;
}

export class GrantedExtensionDto {
  days!: number;
  /** False while it waits for somebody above. */
  granted!: boolean;
}

export class StopDto {
  kind!: string;
  from!: string;
  to!: string | null;
}

export class GivenDeliveryDto {
  at!: Date;
  way!: string;
}

/** 重办: why the resident finds it not solved. */
export class ReopeningWishDto {
  @IsString() @Length(1, 500) reason!: string;
}

/** What a report asks for, and how urgent it is. */
export class RequestClassDto {
  type!: RequestType;
  urgency!: RequestUrgency;
}

/** A case as its owner sees it, or an officer with the personal parts masked. */
export class CaseDto extends CaseSummaryDto {
  entryId!: string;
  subdistrictId!: string;
  departmentId!: string;
  /** Null of applications. */
  request!: RequestClassDto | null;
  /** The last day by the law, beside the committed `dueOn`. */
  statutoryOn!: string;
  /** The dates reach past the last holiday notice and may move by a few days. */
  provisional!: boolean;
  acceptedOn!: string | null;
  closedAt!: Date | null;
  onTime!: boolean | null;
  /** Null for reports. */
  applicant!: ApplicantDto | null;
  agentFor!: PrincipalDto | null;
  text!: string | null;
  place!: PlaceDto | null;
  answers!: readonly AnsweredFieldDto[];
  materials!: readonly MaterialStateDto[];
  fileIds!: readonly string[];
  notice!: GivenNoticeDto | null;
  /** 容缺: papers pledged by their ids, the last day for them, and the day they came. */
  deferral!: DeferralDto | null;
  /** 告知承诺: papers a written pledge stands for. */
  pledge!: PledgeDto | null;
  extension!: GrantedExtensionDto | null;
  /** Stretches in which the clock stood. */
  stops!: readonly StopDto[];
  decidedAt!: Date | null;
  delivery!: GivenDeliveryDto | null;
  /** Days on which it was taken up again after closure. */
  reopenedOn!: readonly string[];
  /** Of a declined case: the authority to go to. */
  authority!: string | null;
  /** What to bring to the window. */
  toBring!: readonly string[];
  timeline!: readonly TimelineStepDto[];
  /** Why it counts as done; for officers only. */
  evidence!: readonly string[];
}
