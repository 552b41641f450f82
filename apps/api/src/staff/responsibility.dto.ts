import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { dutyRoles, type AdmissionState, type AssignmentReason, type DutyRole } from '@linli/directory';
import { PagingDto } from '../http/paging.dto';
import { NamedUnitDto, RecordDto } from '../public/responsibility.dto';

const slug = /^[a-z0-9][a-z0-9-]{0,63}$/;
const date = /^\d{4}-\d{2}-\d{2}$/;

export class CheckQueryDto {
  @Matches(slug) entry!: string;
  /** A department, a subdistrict or a community. */
  @Matches(slug) unit!: string;
  @IsOptional() @Matches(date) on?: string;
  @IsOptional() @IsIn(dutyRoles) role: DutyRole = 'lead';
  /** Where the matter lies, for offices that serve several subdistricts. */
  @IsOptional() @Matches(slug) subdistrict?: string;
}

export class CheckAnswerDto {
  allowed!: boolean;
  /** When allowed. */
  from?: string | null;
  record?: RecordDto;
  office?: NamedUnitDto | null;
  /** When not. */
  reason?: AssignmentReason;
  sentence?: string;
  whoInstead?: NamedUnitDto | null;
}

/** Exactly one of the three. */
export class MatterNameDto {
  @IsOptional() @Matches(slug) entry?: string;
  @IsOptional() @IsString() @Length(1, 40) category?: string;
  @IsOptional() @IsString() @Length(1, 200) text?: string;
}

export class AdmissionDraftDto {
  @IsIn(['admission', 'delegation']) kind!: 'admission' | 'delegation';
  @ValidateNested() @Type(() => MatterNameDto) matter!: MatterNameDto;
  @IsString() @Length(1, 200) title!: string;
  @Matches(slug) fromUnit!: string;
  @IsIn(['subdistrict', 'community']) toLevel!: 'subdistrict' | 'community';
  /** Left out: every unit of the level. */
  @IsOptional() @Matches(slug) toUnit?: string;
  @IsString() @Length(1, 60) documentNo!: string;
  /** Which money and people come with it. */
  @IsString() @Length(1, 300) supportNote!: string;
  @Matches(date) effectiveOn!: string;
  @IsOptional() @Matches(date) endsOn?: string;
}

export class RevocationDto {
  /** From this day it holds no more; today when left out. */
  @IsOptional() @Matches(date) on?: string;
  @IsString() @Length(1, 300) reason!: string;
}

export class AdmissionsQueryDto extends PagingDto {
  @IsOptional() @IsIn(['proposed', 'approved', 'revoked', 'withdrawn']) state?: AdmissionState;
  @IsOptional() @Matches(slug) unit?: string;
}

export class AdmissionDto {
  id!: string;
  kind!: 'admission' | 'delegation';
  matter!: { readonly entryId: string | null; readonly category: string | null; readonly text: string | null };
  title!: string;
  fromUnit!: string;
  toLevel!: 'subdistrict' | 'community';
  toUnit!: string | null;
  documentNo!: string;
  supportNote!: string;
  effectiveOn!: string;
  endsOn!: string | null;
  state!: AdmissionState;
  /** Officers by id. */
  proposedBy!: string;
  proposedAt!: Date;
  approvedBy!: string | null;
  approvedAt!: Date | null;
  revokedBy!: string | null;
  revokedOn!: string | null;
  revocationReason!: string | null;
}

export class AdmissionPageDto {
  items!: readonly AdmissionDto[];
  nextCursor!: string | null;
}
