import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsLatitude,
  IsLongitude,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { counterSources, type CaseState, type CounterSource } from '@linli/contracts';
import { ApplicantDto, MaterialFileDto, PrincipalDto } from '../residents/cases.dto';

export class CounterPlaceDto {
  @IsOptional() @IsLatitude() lat?: number;
  @IsOptional() @IsLongitude() lng?: number;
  @IsOptional() @IsString() @Length(1, 200) words?: string;
}

/** A matter an officer takes down for somebody: an item (`itemId`), or a problem (`categoryId` and `text`). */
export class CounterCaseDto {
  @IsOptional() @IsString() @Length(1, 64) itemId?: string;
  @IsOptional() @IsString() @Length(1, 64) categoryId?: string;
  @IsIn(counterSources) source!: CounterSource;
  @IsDefined() @ValidateNested() @Type(() => ApplicantDto) applicant!: ApplicantDto;
  /** Answers by the id of the guide's form field, all as text. */
  @IsOptional() @IsObject() answers?: Record<string, string>;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(40)
  @ValidateNested({ each: true })
  @Type(() => MaterialFileDto)
  materials?: MaterialFileDto[];
  /** Ids of the guide's materials that lie on the counter, on paper. */
  @IsOptional() @IsArray() @ArrayMaxSize(40) @Length(1, 64, { each: true }) onPaper?: string[];
  @IsOptional() @IsString() @Length(1, 2000) text?: string;
  @IsOptional() @ValidateNested() @Type(() => CounterPlaceDto) place?: CounterPlaceDto;
  /** Of a report: pictures the officer uploaded. */
  @IsOptional() @IsArray() @ArrayMaxSize(9) @IsUUID(undefined, { each: true }) fileIds?: string[];
  /** Where the applicant lives; the officer's own subdistrict when left out. */
  @IsOptional() @IsString() @Length(1, 64) subdistrictId?: string;
  /** 帮代办: for whom whoever stands at the counter files. */
  @IsOptional() @ValidateNested() @Type(() => PrincipalDto) agentFor?: PrincipalDto;
}

/** One of the two; in the body, so that no number ever stands in an address. */
export class PersonSearchDto {
  @IsOptional() @IsString() @Length(1, 40) idNumber?: string;
  @IsOptional() @IsString() @Length(1, 40) phone?: string;
}

export class PersonCaseDto {
  number!: string;
  title!: string;
  state!: CaseState;
  department!: string;
  dueOn!: string;
}

export class PersonMatchDto {
  /** Masked; null when nothing of theirs lies within the officer's reach. */
  applicant!: ApplicantDto | null;
  cases!: readonly PersonCaseDto[];
}

export class PersonMatchesDto {
  items!: readonly PersonMatchDto[];
}

export class CounterRowDto {
  number!: string;
  title!: string;
  state!: CaseState;
  source!: CounterSource;
  subdistrictId!: string;
  dueOn!: string;
  at!: Date;
}

export class CounterPageDto {
  items!: readonly CounterRowDto[];
  nextCursor!: string | null;
}
