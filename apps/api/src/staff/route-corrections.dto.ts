import { IsDateString, IsIn, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import type { CorrectionState } from '@linli/guidance';
import { PagingDto } from '../http/paging.dto';

const day = /^\d{4}-\d{2}-\d{2}$/;

/** What an officer says was meant: by a case, or by a conversation that was handed over; exactly one of the two. */
export class NewCorrectionDto {
  @IsOptional() @Matches(/^[0-9]{10,20}$/) caseNumber?: string;
  @IsOptional() @IsUUID() conversationId?: string;
  /** What the resident said, in their own words. */
  @IsString() @Length(2, 300) words!: string;
  /** Of a conversation: the entry it was led to, or `none`; a case knows its own. */
  @IsOptional() @IsString() @Length(1, 64) routedEntryId?: string;
  /** The entry that was meant, or `none`. */
  @IsString() @Length(1, 64) correctEntryId!: string;
}

export class CorrectionIdDto {
  id!: string;
}

export class CorrectionQueryDto extends PagingDto {
  @IsOptional() @IsIn(['pending', 'approved', 'rejected']) state: CorrectionState = 'pending';
}

export class CorrectionDto {
  id!: string;
  caseNumber!: string | null;
  conversationId!: string | null;
  subdistrictId!: string | null;
  /** Masked, as they would be exported. */
  words!: string;
  /** Null: nothing was found. */
  routedEntryId!: string | null;
  /** Null: no entry was meant. */
  correctEntryId!: string | null;
  authorId!: string;
  at!: Date;
  state!: CorrectionState;
  reviewerId!: string | null;
  reviewedAt!: Date | null;
}

export class CorrectionPageDto {
  items!: readonly CorrectionDto[];
  nextCursor!: string | null;
}

export class CorrectionReviewDto {
  @IsIn(['approved', 'rejected']) verdict!: 'approved' | 'rejected';
}

export class CorrectionStateDto {
  id!: string;
  state!: CorrectionState;
}

export class AccuracyQueryDto {
  /** First day. */
  @Matches(day) @IsDateString({ strict: true }) from!: string;
  /** Last day, whole; at most a year after the first. */
  @Matches(day) @IsDateString({ strict: true }) to!: string;
}

export class AccuracyDto {
  /** Cases opened in chat. */
  routed!: number;
  /** Of them with an approved correction. */
  corrected!: number;
  /** Of them with a correction nobody has reviewed yet. */
  pending!: number;
  /** 0–1; null without any case. */
  accuracy!: number | null;
  /** Wilson's interval at 95 %. */
  interval!: readonly number[] | null;
}

export class EntryAccuracyDto extends AccuracyDto {
  entryId!: string;
  name!: string | null;
}

export class AccuracySheetDto {
  total!: AccuracyDto;
  /** First the entries that are most surely bad; at most a hundred. */
  entries!: readonly EntryAccuracyDto[];
}

export class PhrasingsQueryDto {
  @IsOptional() @IsString() @Length(1, 400) cursor?: string;
}

export class PhrasingsRowDto {
  id!: string;
  phrasings!: readonly string[];
}

/** `items` is a catalogue file that adds phrasings. */
export class PhrasingsPageDto {
  items!: readonly PhrasingsRowDto[];
  nextCursor!: string | null;
}
