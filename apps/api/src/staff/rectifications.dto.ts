import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { findings, grades, type Finding, type Grade } from '@linli/contracts';
import { complexities, rectificationStates, type Complexity, type RectificationState } from '@linli/rating';
import { PagingDto } from '../http/paging.dto';
import { NamedDto } from '../public/catalogue.dto';

export class RectificationQueryDto extends PagingDto {
  @IsOptional() @IsIn(rectificationStates) state?: RectificationState;
}

/** One officer's finding; a second officer's is needed. */
export class VerificationDto {
  @IsIn(findings) finding!: Finding;
  /** How long putting it right may take; simple when left out. */
  @IsOptional() @IsIn(complexities) complexity?: Complexity;
  @IsString() @Length(1, 500) note!: string;
}

export class ConfirmationDto {
  @IsIn(findings) finding!: Finding;
  @IsString() @Length(1, 500) reason!: string;
}

export class ContactNoteDto {
  @IsString() @Length(1, 500) note!: string;
}

export class RectificationReplyDto {
  /** The resident reads it. */
  @IsString() @Length(1, 500) reply!: string;
}

export class AfterCallDto {
  @IsIn(grades) grade!: Grade;
  @IsISO8601({ strict: true }) calledAt!: string;
  @IsInt() @Min(1) @Max(14_400) seconds!: number;
  @IsOptional() @IsString() @Length(1, 500) note?: string;
}

export class RevealReasonDto {
  @IsString() @Length(1, 500) reason!: string;
}

export class RaterContactDto {
  name!: string;
  phone!: string;
}

export class RectificationDto {
  id!: string;
  ratingId!: string;
  caseNumber!: string;
  subject!: string;
  department!: NamedDto;
  subdistrictId!: string;
  state!: RectificationState;
  /** The original; it never changes. */
  grade!: Grade;
  /** What the resident said when called back. */
  afterGrade!: Grade | null;
  anonymous!: boolean;
  text!: string | null;
  options!: readonly string[];
  openedAt!: Date;
  /** Null where nobody is to be contacted. */
  contactBy!: string | null;
  rectifyBy!: string;
  complexity!: Complexity | null;
  firstFinding!: Finding | null;
  secondFinding!: Finding | null;
  finding!: Finding | null;
  contactedAt!: Date | null;
  contactOverdue!: boolean;
  rectifyOverdue!: boolean;
  reply!: string | null;
  repliedAt!: Date | null;
  calledAt!: Date | null;
  inTime!: boolean | null;
  closedAt!: Date | null;
}

export class RectificationPageDto {
  items!: readonly RectificationDto[];
  nextCursor!: string | null;
}
