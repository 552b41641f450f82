import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsDateString,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateIf,
} from 'class-validator';
import { bulkDecisions, draftStates, type BulkDecision, type DraftState } from '@linli/catalogue';
import { PagingDto } from '../http/paging.dto';
import { DraftSummaryDto, FindingDto, VersionChangeDto } from './catalogue-drafts.dto';

export class ImportDraftsQueryDto extends PagingDto {
  /** Without it: those that wait for their review. */
  @IsOptional() @IsIn(draftStates) state: DraftState = 'submitted';
}

export class BulkReviewOrderDto {
  @IsIn(bulkDecisions) decision!: BulkDecision;
  /** Without it: all that wait. */
  @IsOptional() @IsArray() @ArrayNotEmpty() @ArrayMaxSize(2000) @IsUUID(undefined, { each: true }) drafts?: string[];
  /** Demanded with `sendBack`. */
  @ValidateIf((order: BulkReviewOrderDto) => order.decision === 'sendBack' || order.reasons !== undefined)
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 500, { each: true })
  reasons?: string[];
  /** Whether what is approved is published too, at once or from `publishAt` on. */
  @IsOptional() @IsBoolean() publish?: boolean;
  @IsOptional() @IsDateString({ strict: true }) publishAt?: string;
  /** As the page of drafts told it: what changed since is not decided of. */
  @IsDateString({ strict: true }) seenAt!: string;
}

/** How far an order to review many drafts is. */
export class BulkReviewDto {
  id!: string;
  importId!: string;
  officerId!: string;
  decision!: BulkDecision;
  reasons!: readonly string[];
  publishFrom!: Date | null;
  orderedAt!: Date;
  total!: number;
  done!: number;
  /** Stood so already. */
  unchanged!: number;
  /** Stays as it was; see `failures`. */
  failed!: number;
  /** Null while it is under way. */
  finishedAt!: Date | null;
}

export class ImportRunDto {
  id!: string;
  officerId!: string;
  importer!: string;
  fileName!: string;
  /** SHA-256. */
  digest!: string;
  drafts!: number;
  importedAt!: Date;
  /** How many drafts within reach stand in which state. */
  states!: Readonly<Partial<Record<DraftState, number>>>;
  /** False for the officer in whose name it was imported. */
  isReviewable!: boolean;
  review!: BulkReviewDto | null;
}

export class ImportRunPageDto {
  items!: readonly ImportRunDto[];
  nextCursor!: string | null;
}

export class ImportedDraftDto extends DraftSummaryDto {
  findings!: readonly FindingDto[];
  /** Whether a rule stands in the way of its approval. */
  isPublishable!: boolean;
  publishedVersion!: number | null;
  changes!: readonly VersionChangeDto[];
}

export class ImportedDraftPageDto {
  items!: readonly ImportedDraftDto[];
  /** Goes into the order. */
  seenAt!: Date;
  nextCursor!: string | null;
}

class DraftProblemDto {
  at!: string;
  problem!: string;
}

class BulkFailureDto {
  draftId!: string;
  itemId!: string | null;
  name!: string | null;
  code!: string;
  /** Why, in words. */
  sentence!: string;
  problems!: readonly DraftProblemDto[];
}

export class BulkFailurePageDto {
  items!: readonly BulkFailureDto[];
  nextCursor!: string | null;
}
