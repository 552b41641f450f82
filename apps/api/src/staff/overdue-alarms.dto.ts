import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, Length } from 'class-validator';
import { PagingDto } from '../http/paging.dto';

export class AlarmQueryDto extends PagingDto {
  /** Those somebody has taken note of instead of those that wait. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  noted?: boolean;
}

export class AlarmNoteDto {
  /** What is done about it. */
  @IsString() @Length(1, 500) note!: string;
}

export class OverdueAlarmDto {
  id!: string;
  rectificationId!: string;
  step!: 'contact' | 'rectify';
  subject!: string;
  caseNumber!: string;
  department!: string;
  subdistrictId!: string;
  dueOn!: string;
  raisedAt!: Date;
  /** Whether the step was taken since. */
  done!: boolean;
  notedAt!: Date | null;
  note!: string | null;
}

export class OverdueAlarmPageDto {
  items!: readonly OverdueAlarmDto[];
  nextCursor!: string | null;
}
