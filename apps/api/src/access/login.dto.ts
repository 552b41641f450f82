import { IsString, Length } from 'class-validator';
import type { OfficerRole } from '@linli/directory';

/** The code `wx.login` returned. */
export class WechatLoginDto {
  @IsString() @Length(1, 256) code!: string;
}

export class OfficerLoginDto {
  @IsString() @Length(1, 64) account!: string;
  @IsString() @Length(1, 256) password!: string;
}

export class ChangePasswordDto {
  @IsString() @Length(1, 256) present!: string;
  /** At least 10 characters of two kinds. */
  @IsString() @Length(1, 256) next!: string;
}

export class ResidentRefDto {
  id!: string;
}

export class ResidentLoginDto {
  token!: string;
  expiresAt!: Date;
  resident!: ResidentRefDto;
}

export class OfficerDto {
  id!: string;
  account!: string;
  name!: string;
  role!: OfficerRole;
  hallId!: string | null;
  departmentId!: string | null;
  subdistrictId!: string | null;
  communityId?: string | null;
  gridId?: string | null;
}

export class OfficerTokenDto {
  token!: string;
  expiresAt!: Date;
  officer!: OfficerDto;
}
