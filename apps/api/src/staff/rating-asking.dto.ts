import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { grades, type Grade } from '@linli/contracts';
import { linkChannels } from '@linli/rating';

export class RatingLinkWishDto {
  /** Where the resident will open it; a square code at the window when left out. */
  @IsOptional() @IsIn(linkChannels) via?: (typeof linkChannels)[number];
}

export class IssuedLinkDto {
  token!: string;
  /** The page of the API that says what is rated, and takes the rating. */
  path!: string;
  /** What the resident opens on a phone. */
  page!: string;
  /** The page as a square code to scan (SVG); null where nobody knows the address people reach us by. */
  code!: string | null;
  expiresAt!: Date;
}

export class RatingCallbackDto {
  /** What the resident said, in one of the five grades. */
  @IsIn(grades) grade!: Grade;
  @IsISO8601({ strict: true }) calledAt!: string;
  @IsInt() @Min(1) @Max(14_400) seconds!: number;
  /** What was said; kept sealed. */
  @IsString() @Length(1, 500) said!: string;
}

export class NotedCallbackDto {
  id!: string;
  grade!: Grade;
  at!: Date;
}
