import { IsInt, IsLatitude, IsLongitude, IsOptional, IsString, Max, Min } from 'class-validator';
import type { EntryKind, RouteDecision } from '@linli/contracts';

/** What a resident says, and where. */
export class RouteRequestDto {
  /** In the resident's own words, at most 2,000 characters. */
  @IsString() text!: string;
  @IsOptional() @IsLatitude() lat?: number;
  @IsOptional() @IsLongitude() lng?: number;
  @IsOptional() @IsInt() @Min(1) @Max(10) limit: number = 3;
}

export class CandidateDto {
  /** The catalogue's own id. */
  id!: string;
  kind!: EntryKind;
  name!: string;
  /** 0–1, comparable within one answer. */
  score!: number;
  reasons!: readonly string[];
}

export class RouteIntentDto {
  text!: string;
  candidates!: readonly CandidateDto[];
}

export class EmergencyDto {
  /** The number to call. */
  call!: string;
  advice!: string;
}

export class RouteResponseDto {
  decision!: RouteDecision;
  candidates!: readonly CandidateDto[];
  /** Present when the text holds several wishes. */
  intents?: readonly RouteIntentDto[];
  emergency?: EmergencyDto;
  /** With `clarify`, where a language model is set up and worded it: a question to ask back, marked as made by one. */
  question?: string;
}
