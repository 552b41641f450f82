import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsOptional, IsString, Length } from 'class-validator';
import type { CaseState } from '@linli/contracts';
import { priorityReasons, type PriorityReason } from '@linli/casework';

/** What the officer can handle, where that is not everything. */
export class ClaimWishDto {
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  entryIds?: string[];
}

export class PriorityDto {
  /** 高龄老人 elder, 残疾人 disabled, 退役军人 veteran. */
  @IsIn(priorityReasons) reason!: PriorityReason;
}

export class ClaimDto {
  number!: string;
  kind!: 'item' | 'report';
  title!: string;
  state!: CaseState;
  subdistrictId!: string;
  department!: string;
  dueOn!: string;
  priority!: PriorityReason | null;
  claimedAt!: Date;
  /** Until then nobody else is given it. */
  until!: Date;
}

export class ClaimedDto {
  /** Null when nothing waits. */
  claim!: ClaimDto | null;
}

export class ClaimListDto {
  items!: readonly ClaimDto[];
}

export class PrioritisedDto {
  number!: string;
  reason!: PriorityReason;
}
