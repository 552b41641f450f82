import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { PagingDto } from '../http/paging.dto';

const directions = ['departments', 'subdistricts'] as const;
export type Direction = (typeof directions)[number];

export class ScoresQueryDto {
  @IsOptional() @IsIn(directions) direction: Direction = 'departments';
}

export class EvidenceQueryDto extends PagingDto {
  @IsOptional() @IsIn(directions) direction: Direction = 'departments';
  @IsOptional() @IsString() @Length(1, 64) indicator: string = 'satisfaction';
}
