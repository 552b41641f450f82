import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { orderStates, type OrderState } from '@linli/casework';
import { PagingDto } from '../http/paging.dto';
import { NamedDto } from '../public/catalogue.dto';

/** 督办: why, and by when an answer is wanted (otherwise by the configured limit). */
export class SupervisionWishDto {
  @IsString() @Length(1, 500) reason!: string;
  @IsOptional() @Matches(/^\d{4}-\d\d-\d\d$/) answerBy?: string;
}

export class SupervisionAnswerDto {
  @IsString() @Length(1, 500) answer!: string;
}

export class SupervisionQueryDto extends PagingDto {
  @IsOptional() @IsIn(orderStates) state?: OrderState;
}

export class SupervisionOrderDto {
  id!: string;
  caseNumber!: string;
  title!: string;
  subdistrictId!: string;
  unit!: NamedDto;
  /** Given by the clock when a case was long overdue. */
  automatic!: boolean;
  state!: OrderState;
  orderedAt!: Date;
  answerBy!: string;
  reason!: string | null;
  answeredAt!: Date | null;
  answer!: string | null;
  inTime!: boolean | null;
}

export class SupervisionPageDto {
  items!: readonly SupervisionOrderDto[];
  nextCursor!: string | null;
}

export class SupervisionListDto {
  items!: readonly SupervisionOrderDto[];
}

export class SheetItemDto {
  number!: string;
  title!: string;
  department!: string;
  on!: string;
}

export class SheetPartDto {
  count!: number;
  items!: readonly SheetItemDto[];
}

/** 每日一单: each part counts what there is and names the first ten. */
export class DailySheetDto {
  dueToday!: SheetPartDto;
  overdue!: SheetPartDto;
  awaitingCorrection!: SheetPartDto;
  suspended!: SheetPartDto;
  unsigned!: SheetPartDto;
  supervision!: SheetPartDto;
  /** A sentence when the year's holidays are not imported yet and dates soon become provisional; else null. */
  calendarAlarm!: string | null;
}

export class ReminderDto {
  number!: string;
  remindedAt!: Date;
}

export class RelatedCaseDto {
  number!: string;
  title!: string;
  state!: string;
  department!: string;
  submittedAt!: Date;
  /** The same place, or the same words. */
  because!: 'place' | 'words';
}

export class RelatedListDto {
  items!: readonly RelatedCaseDto[];
}
