import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import type { Channel, HandOverReason } from '@linli/contracts';
import { PagingDto } from '../http/paging.dto';

export type HandOverState = 'waiting' | 'taken' | 'ended';

export class HandOverQueryDto extends PagingDto {
  @IsOptional() @IsIn(['waiting', 'taken', 'ended']) state: HandOverState = 'waiting';
}

export class OfficerWordsDto {
  /** Sent to the resident in chat. */
  @IsString() @Length(1, 600) text!: string;
}

export class HandOverDto {
  id!: string;
  state!: HandOverState;
  subdistrictId!: string | null;
  channel!: Channel;
  reason!: HandOverReason;
  lastWords!: string;
  officerId!: string | null;
  openedAt!: Date;
}

export class HandOverPageDto {
  items!: readonly HandOverDto[];
  nextCursor!: string | null;
}

export class HandOverLineDto {
  who!: 'resident' | 'officer';
  words!: string;
  mediaIds!: readonly string[];
  at!: Date;
}

export class HandOverReadDto extends HandOverDto {
  lines!: readonly HandOverLineDto[];
}

export class HandOverStateDto {
  id!: string;
  state!: HandOverState;
}

export class SaidDto {
  id!: string;
}
