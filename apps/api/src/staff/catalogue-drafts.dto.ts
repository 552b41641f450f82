import {
  ArrayMaxSize,
  IsArray,
  IsDateString,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { draftStates, type DraftState, type TextProblem } from '@linli/catalogue';
import { PagingDto } from '../http/paging.dto';

const reviewDecisions = ['approve', 'sendBack'] as const;

export class DraftQueryDto extends PagingDto {
  /** Without it: all that are neither published nor withdrawn. */
  @IsOptional() @IsIn(draftStates) state?: DraftState;
}

/** Either what is published under `itemId`, or the words of a new or changed entry. */
export class OpenDraftDto {
  @ValidateIf((draft: OpenDraftDto) => draft.entry === undefined)
  @Matches(/^[a-z0-9][a-z0-9-]{0,63}$/)
  itemId?: string;
  /** As in a catalogue file. */
  @IsOptional() @IsObject() entry?: Record<string, unknown>;
}

/** A step may name the revision its sender saw; it is refused when another stands. */
export class DraftStepDto {
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000) revision?: number;
}

export class EditDraftDto {
  /** The revision the editor wrote upon. */
  @IsInt() @Min(1) @Max(1_000_000) revision!: number;
  /** The whole entry as it shall be, as in a catalogue file. */
  @IsObject() entry!: Record<string, unknown>;
  /** Given when a newer version was published since: the editor has seen it and writes upon it; null when withdrawn. */
  @IsOptional() @IsInt() @Min(1) baseVersion?: number | null;
}

export class ReviewDto extends DraftStepDto {
  @IsIn(reviewDecisions) decision!: (typeof reviewDecisions)[number];
  /** Demanded with `sendBack`. */
  @ValidateIf((review: ReviewDto) => review.decision === 'sendBack' || review.reasons !== undefined)
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 500, { each: true })
  reasons?: string[];
}

export class ScheduleDto extends DraftStepDto {
  /** From when it is public; at once without it. */
  @IsOptional() @IsDateString({ strict: true }) at?: string;
}

export class DraftWithdrawalDto extends DraftStepDto {
  @IsString() @Length(2, 500) reason!: string;
}

export class ItemWithdrawalDto {
  /** Read by the public. */
  @IsString() @Length(2, 500) reason!: string;
}

class NamedUnitDto {
  id!: string;
  name!: string;
}

export class DraftSummaryDto {
  id!: string;
  itemId!: string;
  name!: string;
  department!: NamedUnitDto;
  state!: DraftState;
  revision!: number;
  /** The published version it was written upon. */
  baseVersion!: number | null;
  authorId!: string;
  editorIds!: readonly string[];
  reviewerId!: string | null;
  reviewedAt!: Date | null;
  publishedFrom!: Date | null;
  /** The version it became. */
  version!: number | null;
  /** Why it was sent back or withdrawn. */
  reasons!: readonly string[];
  createdAt!: Date;
  updatedAt!: Date;
}

export class DraftPageDto {
  items!: readonly DraftSummaryDto[];
  nextCursor!: string | null;
}

export class FindingDto {
  rule!: string;
  /** With an `error` it is not approved. */
  severity!: 'error' | 'warning' | 'advice';
  at!: string;
  sentence!: string;
  source!: string;
}

class TextFindingDto {
  problem!: TextProblem;
  /** `steps[2]`. */
  at!: string;
  /** The words meant. */
  words!: string;
  /** What to write instead. */
  suggestion!: string;
}

/** How a guide reads. */
export class ReadingDto {
  findings!: readonly TextFindingDto[];
  /** 0–100: 100 reads like speech. */
  readability!: number;
  sentences!: number;
  /** Signs a sentence has on average. */
  meanLength!: number;
}

export class VersionChangeDto {
  path!: string;
  label!: string;
  change!: 'added' | 'removed' | 'changed';
  before!: string | null;
  after!: string | null;
}

class DraftHistoryDto {
  at!: Date;
  what!: string;
  /** Null when the clock did it. */
  officerId!: string | null;
  reasons!: readonly string[];
}

export class DraftDetailDto extends DraftSummaryDto {
  /** As in a catalogue file. */
  entry!: object;
  findings!: readonly FindingDto[];
  reading!: ReadingDto | null;
  publishedVersion!: number | null;
  /** Against the version that is published now. */
  changes!: readonly VersionChangeDto[];
  steps!: readonly DraftHistoryDto[];
}

export class VersionDiffDto {
  changes!: readonly VersionChangeDto[];
}

export class ItemWithdrawnDto {
  itemId!: string;
  version!: number;
  withdrawnAt!: Date;
}
