import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

const openidShape = /^[\w-]{6,64}$/;

/** A new WeChat user. */
export class CreatePersonDto {
  @IsOptional() @IsString() @MaxLength(40) nickname?: string;
  @IsOptional() @Matches(openidShape) openid?: string;
  /** The same person's id towards the mini-program; another one unless given. */
  @IsOptional() @Matches(openidShape) miniOpenid?: string;
}

/** How any push is sent. */
export class PushMannerDto {
  /** Default: `aes` when the account has a key. */
  @IsOptional() @IsIn(['plain', 'aes']) mode?: 'plain' | 'aes';
  /** Identical pushes at the same time. */
  @IsOptional() @IsInt() @Min(1) @Max(50) copies?: number;
  @IsOptional() @IsInt() @Min(0) @Max(60_000) delayMs?: number;
  /** Repeat an earlier message under its id. */
  @IsOptional() @Matches(/^[1-9]\d{0,18}$/) msgId?: string;
}

/** Following the account, by search or by a scene code. */
export class FollowDto extends PushMannerDto {
  @IsOptional() @IsString() @Length(1, 64) scene?: string;
}

/** Scanning a scene code, by its ticket or its scene. */
export class ScanDto extends PushMannerDto {
  @IsOptional() @IsString() @MaxLength(256) ticket?: string;
  @IsOptional() @IsString() @Length(1, 64) scene?: string;
}

/** What a resident's phone sends. */
export class PhoneInputDto extends PushMannerDto {
  @IsIn(['text', 'image', 'voice', 'video', 'location', 'link', 'event']) type!: PhoneInputType;
  @IsOptional() @IsString() @MaxLength(5_000) text?: string;
  /** The `bizmsgmenuid` of a tapped menu line. */
  @IsOptional() @IsString() @MaxLength(64) menuId?: string;
  @IsOptional() @IsString() @MaxLength(128) mediaId?: string;
  /** Base64 of a PNG or JPEG up to 5 MB; the multipart route carries larger request bodies. */
  @IsOptional() @IsString() @MaxLength(7_000_000) base64?: string;
  /** What speech recognition would have heard. */
  @IsOptional() @IsString() @MaxLength(2_000) recognition?: string;
  @IsOptional() @IsNumber() @Min(-90) @Max(90) lat?: number;
  @IsOptional() @IsNumber() @Min(-180) @Max(180) lng?: number;
  @IsOptional() @IsString() @MaxLength(200) label?: string;
  @IsOptional() @IsString() @MaxLength(200) title?: string;
  @IsOptional() @IsString() @MaxLength(1_000) url?: string;
  @IsOptional() @Matches(/^\w{1,64}$/) event?: string;
  @IsOptional() @IsString() @MaxLength(1_000) eventKey?: string;
  /** Further elements of an event, all text. */
  @IsOptional() @IsObject() fields?: Record<string, string>;
}

export type PhoneInputType = 'text' | 'image' | 'voice' | 'video' | 'location' | 'link' | 'event';

/** Where a listing continues. */
export class AfterDto {
  @IsOptional() @Matches(/^\d{1,15}$/) after?: string;
  /** Only calls of this path. */
  @IsOptional() @IsString() @MaxLength(200) path?: string;
}

/** An error code the next calls of a path answer with. */
export class PlanErrorDto {
  @Matches(/^\/[\w/.-]+$/) path!: string;
  @IsInt() errcode!: number;
  @IsOptional() @IsInt() @Min(1) @Max(10_000) times?: number;
}

/** What goes wrong with the next calls of a path: late, never, or with an HTTP status. */
export class PlanFaultDto {
  @Matches(/^\/[\w/.-]+$/) path!: string;
  @IsOptional() @IsInt() @Min(1) @Max(120_000) delayMs?: number;
  @IsOptional() @IsBoolean() hang?: boolean;
  @IsOptional() @IsInt() @Min(400) @Max(599) httpStatus?: number;
  @IsOptional() @IsInt() @Min(1) @Max(10_000) times?: number;
}

/** How far platform time moves on. */
export class AdvanceDto {
  @IsInt() @Min(0) @Max(400 * 86_400_000) advanceMs!: number;
}

/** Who taps 登录 in the mini-program. */
export class LoginCodeDto {
  @Matches(openidShape) openid!: string;
}

/** Who taps 手机号授权, with which number. */
export class PhoneCodeDto {
  @Matches(openidShape) openid!: string;
  @Matches(/^1\d{10}$/) phone!: string;
}

/** How many subscribe messages of a template the person allows. */
export class ConsentDto {
  @IsString() @Length(1, 128) templateId!: string;
  @IsInt() @Min(0) @Max(10_000) times!: number;
}
