import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsLatitude,
  IsLongitude,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { RefusalDetail } from '@linli/kernel';
import { shapeProblems } from '@linli/platform';
import { departmentLevels, officerRoles, type DepartmentLevel, type OfficerRole } from './roles';

const slug = /^[a-z0-9][a-z0-9-]{0,63}$/;
const code = /^\d{6,18}$/;
const clockTime = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

export class PointEntry {
  @IsLatitude() lat!: number;
  @IsLongitude() lng!: number;
}

export class DistrictEntry {
  @Matches(slug) id!: string;
  @Matches(code) code!: string;
  @Length(1, 40) name!: string;
  @Length(1, 40) city!: string;
}

export class GridEntry {
  @Matches(slug) id!: string;
  @Matches(code) code!: string;
  @Length(1, 40) name!: string;
}

export class CommunityEntry extends GridEntry {
  /** 常住人口. */
  @IsOptional() @IsInt() @Min(0) @Max(5_000_000) population?: number;
  @IsArray() @ValidateNested({ each: true }) @Type(() => GridEntry) grids!: GridEntry[];
}

export class SubdistrictEntry extends GridEntry {
  /** 常住人口; left out: that of its communities together. */
  @IsOptional() @IsInt() @Min(0) @Max(5_000_000) population?: number;
  @ValidateNested() @Type(() => PointEntry) center!: PointEntry;
  @IsArray() @ValidateNested({ each: true }) @Type(() => CommunityEntry) communities!: CommunityEntry[];
}

export class DepartmentEntry {
  @Matches(slug) id!: string;
  @Length(1, 60) name!: string;
  @IsIn(departmentLevels) level!: DepartmentLevel;
  @IsString() @Length(0, 40) phone!: string;
}

export class HoursEntry {
  /** 0 = Sunday … 6 = Saturday. */
  @IsArray()
  @ArrayNotEmpty()
  @IsInt({ each: true })
  @Min(0, { each: true })
  @Max(6, { each: true })
  weekdays!: number[];
  @Matches(clockTime) opens!: string;
  @Matches(clockTime) closes!: string;
}

export class BusinessEntry {
  @Matches(slug) id!: string;
  @Length(1, 40) name!: string;
}

export class WindowEntry {
  @Matches(slug) id!: string;
  @Length(1, 40) name!: string;
  @IsArray() @ArrayNotEmpty() @Matches(slug, { each: true }) businesses!: string[];
}

export class HallEntry {
  @Matches(slug) id!: string;
  @Matches(slug) subdistrictId!: string;
  @Length(1, 60) name!: string;
  @Length(1, 120) address!: string;
  @ValidateNested() @Type(() => PointEntry) location!: PointEntry;
  @Length(1, 40) phone!: string;
  @IsArray() @ArrayNotEmpty() @ValidateNested({ each: true }) @Type(() => HoursEntry) hours!: HoursEntry[];
  @IsArray() @ArrayNotEmpty() @ValidateNested({ each: true }) @Type(() => BusinessEntry) businesses!: BusinessEntry[];
  @IsArray() @ArrayNotEmpty() @ValidateNested({ each: true }) @Type(() => WindowEntry) windows!: WindowEntry[];
}

export class OfficerEntry {
  @Matches(/^[a-z][a-z0-9.-]{2,31}$/) account!: string;
  @Length(1, 40) name!: string;
  @IsIn(officerRoles) role!: OfficerRole;
  @IsOptional() @Matches(slug) hallId?: string;
  @IsOptional() @Matches(slug) departmentId?: string;
  @IsOptional() @Matches(slug) subdistrictId?: string;
  /** Where an officer of a community or one of its grids works. */
  @IsOptional() @Matches(slug) communityId?: string;
  @IsOptional() @Matches(slug) gridId?: string;
}

export class DemoEntry {
  @ValidateNested() @Type(() => PointEntry) center!: PointEntry;
}

/** A directory file: the whole tree of a district. Officers are listed without passwords. */
export class DirectoryFile {
  @ValidateNested() @Type(() => DistrictEntry) district!: DistrictEntry;
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => SubdistrictEntry)
  subdistricts!: SubdistrictEntry[];
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => DepartmentEntry)
  departments!: DepartmentEntry[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => HallEntry) halls!: HallEntry[];
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => OfficerEntry) officers?: OfficerEntry[];
  @IsOptional() @ValidateNested() @Type(() => DemoEntry) demo?: DemoEntry;
}

function repeated(ids: readonly string[], at: string): RefusalDetail[] {
  const seen = new Set<string>();
  return ids.flatMap((id) => {
    if (seen.has(id)) return [{ at, problem: `"${id}" stands there twice` }];
    seen.add(id);
    return [];
  });
}

function missing(ids: readonly (string | undefined)[], known: ReadonlySet<string>, at: string): RefusalDetail[] {
  return ids.flatMap((id) =>
    id !== undefined && !known.has(id) ? [{ at, problem: `"${id}" is not in this file` }] : [],
  );
}

function idsOf(rows: readonly { readonly id: string }[]): string[] {
  return rows.map((row) => row.id);
}

function checkUnique(file: DirectoryFile): RefusalDetail[] {
  const communities = file.subdistricts.flatMap((one) => one.communities);
  const accounts = (file.officers ?? []).map((one) => one.account);
  const names = file.departments.map((one) => one.name);
  return [
    ...repeated(idsOf(file.subdistricts), 'subdistricts'),
    ...repeated(idsOf(communities), 'communities'),
    ...repeated(idsOf(communities.flatMap((one) => one.grids)), 'grids'),
    ...repeated(idsOf(file.departments), 'departments'),
    ...repeated(names, 'departments.name'),
    ...repeated(idsOf(file.halls), 'halls'),
    ...repeated(idsOf(file.halls.flatMap((one) => one.windows)), 'windows'),
    ...repeated(accounts, 'officers'),
  ];
}

function checkReferences(file: DirectoryFile): RefusalDetail[] {
  const { officers = [], halls } = file;
  const subdistricts = new Set(idsOf(file.subdistricts));
  const hallSubdistricts = halls.map((one) => one.subdistrictId);
  const businessesOf = (hall: HallEntry): string[] => hall.windows.flatMap((window) => window.businesses);
  return [
    ...missing(hallSubdistricts, subdistricts, 'halls.subdistrictId'),
    ...halls.flatMap((hall) =>
      missing(businessesOf(hall), new Set(idsOf(hall.businesses)), `halls(${hall.id}).windows.businesses`),
    ),
    ...missing(
      officers.map((one) => one.hallId),
      new Set(idsOf(halls)),
      'officers.hallId',
    ),
    ...missing(
      officers.map((one) => one.departmentId),
      new Set(idsOf(file.departments)),
      'officers.departmentId',
    ),
    ...missing(
      officers.map((one) => one.subdistrictId),
      subdistricts,
      'officers.subdistrictId',
    ),
  ];
}

/** Reads a directory file's JSON; returns every problem with its place when anything is wrong. */
export function readDirectoryFile(json: unknown): { file: DirectoryFile; problems: RefusalDetail[] } {
  const file = plainToInstance(DirectoryFile, json);
  if (!(file instanceof DirectoryFile)) {
    return { file: new DirectoryFile(), problems: [{ at: 'file', problem: 'must be one JSON object' }] };
  }
  const problems = shapeProblems(file);
  return { file, problems: problems.length > 0 ? problems : [...checkUnique(file), ...checkReferences(file)] };
}
