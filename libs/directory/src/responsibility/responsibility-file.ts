import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { ItemType } from '@linli/contracts';
import type { RefusalDetail } from '@linli/kernel';
import { shapeProblems } from '@linli/platform';
import { departmentLevels, type DepartmentLevel } from '../roles';
import { natures, type Nature } from './matter';
import { dutyRoles, listKinds, listParts, type DutyRole, type ListKind, type ListPart } from './responsibility-list';

const slug = /^[a-z0-9][a-z0-9-]{0,63}$/;
const date = /^\d{4}-\d{2}-\d{2}$/;

export const powerTypes: readonly ItemType[] = [
  'licence',
  'penalty',
  'coercion',
  'levy',
  'benefit',
  'inspection',
  'confirmation',
  'reward',
  'ruling',
  'otherPower',
  'publicService',
];

/** What a row is about: exactly one of entry, category, text. */
export class MatterEntry {
  @IsOptional() @Matches(slug) entry?: string;
  @IsOptional() @Length(1, 40) category?: string;
  @IsOptional() @Length(1, 200) text?: string;
}

export class ResponsibleEntry {
  @IsIn(departmentLevels) level!: DepartmentLevel;
  @IsOptional() @Matches(slug) office?: string;
}

export class ListRowEntry {
  @Matches(slug) key!: string;
  @ValidateNested() @Type(() => MatterEntry) matter!: MatterEntry;
  @ValidateNested() @Type(() => ResponsibleEntry) responsible!: ResponsibleEntry;
  @IsIn(dutyRoles) role!: DutyRole;
  @IsOptional() @IsIn(listParts) part?: ListPart;
  @IsOptional() @IsIn(powerTypes) powerType?: ItemType;
  @Length(1, 300) basis!: string;
}

export class ListFileEntry {
  @Matches(slug) id!: string;
  @IsIn(listKinds) kind!: ListKind;
  @Length(1, 60) title!: string;
  /** Whose list: every unit of the level, or one. */
  @IsIn(['subdistrict', 'community']) level!: 'subdistrict' | 'community';
  @IsOptional() @Matches(slug) unit?: string;
  @Matches(date) effectiveOn!: string;
  @Length(1, 60) decidedBy!: string;
  @Length(1, 60) documentNo!: string;
  @Length(1, 300) reason!: string;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(5000)
  @ValidateNested({ each: true })
  @Type(() => ListRowEntry)
  entries!: ListRowEntry[];
}

export class GuardEntry {
  @IsIn(natures) nature!: Nature;
  @IsOptional() @IsArray() @Length(1, 40, { each: true }) categories?: string[];
  @IsOptional() @IsArray() @Matches(slug, { each: true }) entries?: string[];
}

/** An admission that stood before the product did; its proposer and approver are accounts of two officers. */
export class AdmissionFileEntry {
  @IsIn(['admission', 'delegation']) kind!: 'admission' | 'delegation';
  @ValidateNested() @Type(() => MatterEntry) matter!: MatterEntry;
  @Length(1, 200) title!: string;
  @Matches(slug) fromUnit!: string;
  @IsIn(['subdistrict', 'community']) toLevel!: 'subdistrict' | 'community';
  @IsOptional() @Matches(slug) toUnit?: string;
  @Length(1, 60) documentNo!: string;
  @Length(1, 300) supportNote!: string;
  @Matches(date) effectiveOn!: string;
  @IsOptional() @Matches(date) endsOn?: string;
  @IsString() @Length(1, 40) proposedBy!: string;
  @IsString() @Length(1, 40) approvedBy!: string;
}

/** A responsibility file: lists, what communities are guarded from, and the cap of what they carry. */
export class ResponsibilityFile {
  @IsOptional() @IsInt() @Min(0) @Max(500) communityCap?: number;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => GuardEntry) guards?: GuardEntry[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => ListFileEntry) lists!: ListFileEntry[];
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => AdmissionFileEntry)
  admissions?: AdmissionFileEntry[];
}

/** The shape of a file; every problem with its place. */
export function shapeOf(json: unknown): { file: ResponsibilityFile; problems: RefusalDetail[] } {
  const file = plainToInstance(ResponsibilityFile, json);
  if (!(file instanceof ResponsibilityFile))
    return { file: new ResponsibilityFile(), problems: [{ at: 'file', problem: 'must be one JSON object' }] };
  return { file, problems: shapeProblems(file) };
}
