import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsObject,
  IsOptional,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import type { CaseOutcome, CaseState } from '@linli/contracts';
import { ApplicantDto, MaterialFileDto, PrincipalDto } from './cases.dto';

/** 一事联办: one form and one set of materials. */
export class LifeEventCasesDto {
  @IsDefined() @ValidateNested() @Type(() => ApplicantDto) applicant!: ApplicantDto;
  /** Answers by the key of the composed form's question, all as text. */
  @IsOptional() @IsObject() answers?: Record<string, string>;
  /** `materialId` is the key of the composed material. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(40)
  @ValidateNested({ each: true })
  @Type(() => MaterialFileDto)
  materials?: MaterialFileDto[];
  /** Ids of the optional items that are wanted too. */
  @IsOptional() @IsArray() @ArrayMaxSize(20) @Length(1, 64, { each: true }) items?: string[];
  @IsOptional() @IsString() @Length(1, 64) subdistrictId?: string;
  @IsOptional() @ValidateNested() @Type(() => PrincipalDto) agentFor?: PrincipalDto;
}

export class BundledCaseDto {
  number!: string;
  entryId!: string;
  title!: string;
  state!: CaseState;
  department!: string;
  acceptOn!: string;
  dueOn!: string;
  outcome!: CaseOutcome | null;
  /** Entries that must be finished first. */
  after!: readonly string[];
}

export class BundleDto {
  id!: string;
  lifeEventId!: string;
  name!: string;
  createdAt!: Date;
  /** The one date given when it was opened: the longest path decides. */
  promisedOn!: string;
  /** The same date as the cases stand now. */
  expectedOn!: string;
  isFinished!: boolean;
  cases!: readonly BundledCaseDto[];
}

export class WindowItemDto {
  id!: string;
  name!: string;
  place!: string;
  hours!: string;
  phone!: string;
}

export class OpenedBundleDto extends BundleDto {
  /** Items that can only be applied for at the window, and where. */
  toWindow!: readonly WindowItemDto[];
}
