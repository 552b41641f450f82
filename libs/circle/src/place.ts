import type { Hours } from './hours';
import type { Point } from './geometry';

/** Who stands behind a service, the five of document 004: 直接、购买、支持性、市场化、自我服务. */
export const providerTypes = ['direct', 'purchased', 'supportive', 'market', 'selfService'] as const;
export type ProviderType = (typeof providerTypes)[number];

/** A catalogue service as it is offered at one place; its id stays the same as long as place and service do. */
export interface Offering {
  readonly id: string;
  readonly serviceId: string;
  readonly name: string;
  /** The desk or room whose places are shared by the offerings that name it. */
  readonly resource: string;
  readonly bookable: boolean;
}

/** A place of the 15-minute circle (15分钟服务圈) as an import brings it. */
export interface PlaceEntry {
  readonly id: string;
  readonly name: string;
  /** Code of the finest category named. */
  readonly category: number;
  readonly provider: ProviderType;
  readonly location: Point;
  readonly hours: Hours;
  readonly address: string;
  readonly phone: string;
  readonly active: boolean;
  /** Square metres of sports ground, for 人均体育场地 (文件004). */
  readonly sportsArea: number | null;
  readonly offerings: readonly Offering[];
}

/** A place as it is shown alone. */
export interface Place extends Omit<PlaceEntry, 'category'> {
  readonly category: string;
  readonly categoryName: string;
  readonly subdistrictId: string | null;
  readonly communityId: string | null;
}

/** A place found near a point. */
export interface NearPlace {
  readonly id: string;
  readonly name: string;
  /** Id of its category. */
  readonly category: string;
  /** As the crow flies. */
  readonly distanceMeters: number;
  readonly walkMinutes: number;
  readonly services: readonly Offering[];
}

export function offeringId(placeId: string, serviceId: string): string {
  return `${placeId}.${serviceId}`;
}
