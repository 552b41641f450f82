import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { RefusalDetail } from '@linli/kernel';
import { shapeProblems } from '@linli/platform';

const slug = /^[a-z0-9][a-z0-9-]{0,63}$/;
const fieldId = /^[a-zA-Z][a-zA-Z0-9-]{0,40}$/;

export class LimitEntry {
  @IsInt() @Min(0) @Max(3650) days!: number;
  @IsIn(['workingDay', 'naturalDay']) unit!: 'workingDay' | 'naturalDay';
}

export class MaterialEntry {
  @Matches(slug) id!: string;
  @Length(1, 200) name!: string;
  @IsBoolean() required!: boolean;
  @Length(1, 100) issuedBy!: string;
  @IsBoolean() deferrable!: boolean;
  @IsOptional() @IsInt() @Min(1) @Max(20) copies?: number;
  @IsOptional() @Length(1, 300) note?: string;
}

export class FieldEntry {
  @Matches(fieldId) id!: string;
  @Length(1, 30) label!: string;
  @Length(1, 120) ask!: string;
  @IsIn(['text', 'number', 'date', 'choice', 'yesNo', 'phone', 'idNumber'])
  type!: 'text' | 'number' | 'date' | 'choice' | 'yesNo' | 'phone' | 'idNumber';
  @IsBoolean() required!: boolean;
  @ValidateIf((field: FieldEntry) => field.type === 'choice' || field.choices !== undefined)
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(12)
  @Length(1, 60, { each: true })
  choices?: string[];
  @IsOptional() @IsInt() min?: number;
  @IsOptional() @IsInt() max?: number;
  @IsOptional() @Length(1, 120) hint?: string;
}

export class AgeEntry {
  @IsOptional() @IsInt() @Min(0) @Max(150) min?: number;
  @IsOptional() @IsInt() @Min(0) @Max(150) max?: number;
}

export class GuideEntry {
  @IsArray() @ArrayNotEmpty() @Length(1, 300, { each: true }) basis!: string[];
  @Length(1, 300) audience!: string;
  @IsArray() @ArrayNotEmpty() @Length(1, 500, { each: true }) conditions!: string[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => MaterialEntry) materials!: MaterialEntry[];
  @IsArray() @ArrayNotEmpty() @Length(1, 500, { each: true }) steps!: string[];
  @ValidateNested() @Type(() => LimitEntry) statutoryLimit!: LimitEntry;
  @ValidateNested() @Type(() => LimitEntry) committedLimit!: LimitEntry;
  @IsIn(['immediate', 'committed']) handling!: 'immediate' | 'committed';
  @Length(1, 300) fee!: string;
  @Length(1, 300) place!: string;
  @Length(1, 300) hours!: string;
  @Length(5, 60) enquiryPhone!: string;
  @Length(5, 60) complaintPhone!: string;
  @Length(1, 300) result!: string;
  @IsBoolean() online!: boolean;
  @IsArray()
  @IsIn(['name', 'idNumber', 'phone', 'address'], { each: true })
  applicant!: ('name' | 'idNumber' | 'phone' | 'address')[];
  @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => FieldEntry) form!: FieldEntry[];
  @IsOptional() @ValidateNested() @Type(() => AgeEntry) age?: AgeEntry;
}

/** One row of a catalogue file. */
export class CatalogueFileEntry {
  @Matches(slug) id!: string;
  @IsIn(['item', 'service', 'report']) kind!: 'item' | 'service' | 'report';
  @Length(1, 200) name!: string;
  @Length(1, 60) department!: string;
  @Length(1, 40) category!: string;
  @IsArray() @ArrayMaxSize(60) @Length(1, 120, { each: true }) aliases!: string[];
  @IsString() @Length(1, 1000) summary!: string;
  @IsArray() @ArrayMaxSize(60) @Length(1, 60, { each: true }) keywords!: string[];
  @IsOptional() @IsArray() @ArrayMaxSize(200) @Length(1, 300, { each: true }) phrasings?: string[];
  @IsOptional() @ValidateNested() @Type(() => GuideEntry) guide?: GuideEntry;
}

function duplicates(values: readonly string[], at: string): RefusalDetail[] {
  const twice = values.filter((value, index) => values.indexOf(value) !== index);
  return twice.map((value) => ({ at, problem: `"${value}" stands there twice` }));
}

/** What the rules on guides demand beyond the shape: promises within the law, two phones, materials spelled out. */
function checkGuide(guide: GuideEntry): RefusalDetail[] {
  const { statutoryLimit: statutory, committedLimit: committed } = guide;
  const problems = [
    ...duplicates(
      guide.materials.map((material) => material.id),
      'guide.materials',
    ),
    ...duplicates(
      guide.form.map((field) => field.id),
      'guide.form',
    ),
    ...duplicates(guide.applicant, 'guide.applicant'),
  ];
  const add = (broken: boolean, at: string, problem: string): void => {
    if (broken) problems.push({ at, problem });
  };
  add(
    statutory.unit === committed.unit && committed.days > statutory.days,
    'guide.committedLimit',
    'is longer than the statutory limit',
  );
  add(
    guide.handling === 'immediate' && committed.days > 1,
    'guide.handling',
    'an immediate item is decided within one day',
  );
  add(guide.enquiryPhone === guide.complaintPhone, 'guide.complaintPhone', 'must not be the enquiry phone');
  add(!guide.applicant.includes('name'), 'guide.applicant', 'must ask for the name');
  add(!guide.applicant.includes('phone'), 'guide.applicant', 'must ask for the phone');
  const vague = guide.materials.find((material) =>
    /^(其他|其它|有关|相关)(有关|相关)?(材料|资料|证明)/.test(material.name),
  );
  add(vague !== undefined, 'guide.materials', `"${vague?.name ?? ''}" must be spelled out`);
  return problems;
}

/** Checks one row; the problems name their column. `departments` are the names the directory knows. */
export function readEntry(
  json: unknown,
  departments: ReadonlySet<string>,
): { entry: CatalogueFileEntry; problems: RefusalDetail[] } {
  const entry = plainToInstance(CatalogueFileEntry, json);
  if (!(entry instanceof CatalogueFileEntry)) {
    return { entry: new CatalogueFileEntry(), problems: [{ at: 'row', problem: 'must be one JSON object' }] };
  }
  const problems = shapeProblems(entry);
  if (problems.length > 0) return { entry, problems };
  if (!departments.has(entry.department)) {
    problems.push({ at: 'department', problem: `the directory has no department named "${entry.department}"` });
  }
  return { entry, problems: [...problems, ...(entry.guide ? checkGuide(entry.guide) : [])] };
}
