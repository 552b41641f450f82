import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { parseLocalDate, type RefusalDetail } from '@linli/kernel';
import type {
  AcceptanceScope,
  Audience,
  HandlingForm,
  ItemLevel,
  ItemType,
  PowerSource,
  ServiceMode,
} from '@linli/contracts';
import { shapeCheck, shapeProblems } from '@linli/platform';
import { civilDate, datesToldAs } from './files/civil-date';
import { tidy } from './files/canonical-json';
import { lintEntry } from './lint/lint-entry';
import type { Finding } from './lint/rule';
import {
  acceptanceScopes,
  audiences,
  handlingForms,
  itemLevels,
  itemTypes,
  powerSources,
  serviceModes,
} from './codes/words';

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
  @IsOptional() @IsBoolean() pledgeable?: boolean;
  @IsOptional() @IsInt() @Min(1) @Max(20) copies?: number;
  @IsOptional() @Length(1, 300) note?: string;
  @IsOptional() @Length(1, 300) acceptedWhen?: string;
  @IsOptional() @IsIn(['paper', 'electronic', 'either']) form?: 'paper' | 'electronic' | 'either';
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

export class SituationEntry {
  @Matches(slug) id!: string;
  @Length(1, 120) name!: string;
  @IsArray() @ArrayNotEmpty() @Matches(slug, { each: true }) materials!: string[];
}

export class FeeEntry {
  @Length(1, 120) name!: string;
  @Length(1, 300) standard!: string;
  @Length(1, 300) basis!: string;
  @IsOptional() @IsBoolean() reducible?: boolean;
}

export class QuestionEntry {
  @Length(1, 300) question!: string;
  @Length(1, 1000) answer!: string;
}

export class VisitsEntry {
  @IsInt() @Min(0) @Max(20) count!: number;
  @Length(1, 300) reason!: string;
}

export class CodesEntry {
  @IsIn(['national', 'local']) scheme!: 'national' | 'local';
  @IsOptional() @Length(1, 64) basic?: string;
  @IsOptional() @Length(1, 64) implementation?: string;
  @IsOptional() @Length(1, 64) handling?: string;
  @IsOptional() @Length(1, 64) localCatalogue?: string;
  @IsOptional() @Length(1, 64) localTask?: string;
  @IsOptional() @Length(1, 64) authority?: string;
}

export class ImplementationEntry {
  @IsObject() @ValidateNested() @Type(() => CodesEntry) codes!: CodesEntry;
  @IsIn(itemTypes) type!: ItemType;
  @IsIn(itemLevels) level!: ItemLevel;
  @IsOptional() @IsIn(powerSources) powerSource?: PowerSource;
  @IsOptional() @IsIn(serviceModes) serviceMode?: ServiceMode;
  @IsOptional() @IsIn(acceptanceScopes) scope?: AcceptanceScope;
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(audiences, { each: true }) audiences?: Audience[];
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ArrayUnique() @Length(1, 30, { each: true }) themes?: string[];
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(handlingForms, { each: true }) handlingForms?: HandlingForm[];
  @IsOptional() @Length(1, 300) basicName?: string;
  @IsOptional() @Length(1, 300) handlingName?: string;
  @IsOptional() @Length(1, 20) effectiveOn?: string;
  @IsOptional() @Length(1, 20) endsOn?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ArrayUnique() @Length(1, 60, { each: true }) jointWith?: string[];
}

export class GuideEntry {
  @IsArray() @ArrayNotEmpty() @Length(1, 300, { each: true }) basis!: string[];
  @Length(1, 300) audience!: string;
  @IsArray() @ArrayNotEmpty() @Length(1, 500, { each: true }) conditions!: string[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => MaterialEntry) materials!: MaterialEntry[];
  @IsArray() @ArrayNotEmpty() @Length(1, 500, { each: true }) steps!: string[];
  @IsObject() @ValidateNested() @Type(() => LimitEntry) statutoryLimit!: LimitEntry;
  @IsObject() @ValidateNested() @Type(() => LimitEntry) committedLimit!: LimitEntry;
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
  @IsOptional() @IsObject() @ValidateNested() @Type(() => AgeEntry) age?: AgeEntry;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => SituationEntry)
  situations?: SituationEntry[];
  @IsOptional() @IsArray() @ArrayMaxSize(30) @ValidateNested({ each: true }) @Type(() => FeeEntry) fees?: FeeEntry[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => QuestionEntry)
  questions?: QuestionEntry[];
  @IsOptional() @IsObject() @ValidateNested() @Type(() => VisitsEntry) visits?: VisitsEntry;
  @IsOptional() @IsIn(['certificate', 'document', 'decision']) resultKind?: 'certificate' | 'document' | 'decision';
  @IsOptional() @IsBoolean() resultSample?: boolean;
  @IsOptional() @IsBoolean() paysOnline?: boolean;
  @IsOptional() @IsIn([1, 2, 3, 4]) onlineDepth?: 1 | 2 | 3 | 4;
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
  @IsOptional() @IsObject() @ValidateNested() @Type(() => GuideEntry) guide?: GuideEntry;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => ImplementationEntry) implementation?: ImplementationEntry;
}

const isWhole = shapeCheck(CatalogueFileEntry);

/** A row of a file as it was read. */
export interface ReadEntry {
  /** Without stray spaces and empty places, its keys in one order, where nothing is wrong with its shape. */
  readonly entry: CatalogueFileEntry;
  /** What is wrong with its shape or its department. */
  readonly problems: readonly RefusalDetail[];
  /** Everything the rules of quality find, once its shape is right. */
  readonly findings: readonly Finding[];
}

type Branch = Record<string, unknown>;

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** One date of a row as the calendar's `YYYY-MM-DD`, or told as a problem. */
function settleDate(implementation: Branch, field: 'effectiveOn' | 'endsOn'): RefusalDetail[] {
  const told = implementation[field];
  if (told === undefined || (typeof told === 'string' && parseLocalDate(told))) return [];
  const date = civilDate(told);
  if (!date) return [{ at: `implementation.${field}`, problem: `is no date: write one as ${datesToldAs}` }];
  implementation[field] = date;
  return [];
}

/** Checks one row; the problems name their column. `departments` are the names the directory knows. */
export function readEntry(json: unknown, departments: { has(name: string): boolean }): ReadEntry {
  const plain = tidy(json);
  const implementation = isBranch(plain) ? plain['implementation'] : undefined;
  const dates = isBranch(implementation) ? (['effectiveOn', 'endsOn'] as const) : [];
  const undated = dates.flatMap((field) => (isBranch(implementation) ? settleDate(implementation, field) : []));
  if (undated.length > 0 || !isWhole(plain)) return broken(plain, undated);
  const entry = plain as CatalogueFileEntry;
  const problems: RefusalDetail[] = [];
  if (!departments.has(entry.department))
    problems.push({
      at: 'department',
      problem: `the directory has no department named "${entry.department}": import it with the directory, or mend the name`,
    });
  return { entry, problems, findings: lintEntry(entry) };
}

/** What is wrong with the shape of a row, in words. */
function broken(plain: unknown, undated: readonly RefusalDetail[]): ReadEntry {
  const entry = plainToInstance(CatalogueFileEntry, plain);
  if (entry instanceof CatalogueFileEntry)
    return { entry, problems: [...undated, ...shapeProblems(entry)], findings: [] };
  const problems = [{ at: 'row', problem: 'must be one JSON object' }];
  return { entry: new CatalogueFileEntry(), problems, findings: [] };
}
