import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
import {
  caseOutcomes,
  type CaseOutcome,
  type CaseState,
  type RequestType,
  type RequestUrgency,
} from '@linli/contracts';
import { PagingDto } from '../http/paging.dto';
import { AnsweredFieldDto, ApplicantDto, PlaceDto, PrincipalDto } from '../residents/cases.dto';

const states: readonly CaseState[] = [
  'submitted',
  'awaitingCorrection',
  'accepted',
  'inHandling',
  'suspended',
  'decided',
  'closed',
  'declined',
  'withdrawn',
];

export class StaffCaseQueryDto extends PagingDto {
  @IsOptional() @IsIn(states) state?: CaseState;
  @IsOptional() @IsIn(['today', 'soon', 'overdue']) due?: 'today' | 'soon' | 'overdue';
  /** Only cases the officer has acted on. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  mine?: boolean;
}

/** 一次性告知: everything that is missing, at once. */
export class NoticeDto {
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(40) @Length(1, 200, { each: true }) missing!: string[];
  @IsString() @Length(1, 500) reason!: string;
}

export class ClosureDto {
  @IsIn(caseOutcomes) outcome!: CaseOutcome;
  /** Read by the applicant. */
  @IsString() @Length(1, 2000) publicReply!: string;
  /** Words or file ids that prove the outcome. */
  @IsArray() @ArrayMaxSize(40) @Length(1, 500, { each: true }) evidence!: string[];
}

export class RevealDto {
  /** Why the personal parts must be seen; kept in the audit trail. */
  @IsString() @Length(2, 200) reason!: string;
}

export class StaffCaseRowDto {
  number!: string;
  kind!: 'item' | 'report';
  title!: string;
  state!: CaseState;
  subdistrictId!: string;
  departmentId!: string;
  department!: string;
  /** Masked; null for a report. */
  applicant!: string | null;
  submittedAt!: Date;
  acceptOn!: string;
  dueOn!: string;
  statutoryOn!: string;
  provisional!: boolean;
  answerBy!: string | null;
  outcome!: CaseOutcome | null;
  /** Of reports: what it asks for, and how urgent. */
  type!: RequestType | null;
  urgency!: RequestUrgency | null;
}

export class StaffCasePageDto {
  items!: readonly StaffCaseRowDto[];
  nextCursor!: string | null;
}

/** The personal parts, unmasked. */
export class RevealedDto {
  applicant!: ApplicantDto | null;
  agentFor!: PrincipalDto | null;
  answers!: readonly AnsweredFieldDto[];
  text!: string | null;
  place!: PlaceDto | null;
}
