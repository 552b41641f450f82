import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { PagingDto } from '../http/paging.dto';

export type HandOverState = 'waiting' | 'taken' | 'ended';

export class HandOverQueryDto extends PagingDto {
  @IsOptional() @IsIn(['waiting', 'taken', 'ended']) state: HandOverState = 'waiting';
}

export class OfficerWordsDto {
  /** Sent to the resident in chat. */
  @IsString() @Length(1, 600) text!: string;
}
