import { isInBox, type Box, type Point } from './geometry';

/** Why a point cannot be used. */
export type PointProblem = 'notANumber' | 'swapped' | 'outsideChina' | 'outsideDistrict';

const china: Box = { south: 3, west: 73, north: 54, east: 136 };

/** What is wrong with a point in a district, null when nothing is. Swapped is told before outside: it is mended otherwise. */
export function pointProblem(point: Point, district: Box | null): PointProblem | null {
  const { lat, lng } = point;
  if (!Number.isFinite(lat) || !Number.isFinite(lng)) return 'notANumber';
  const swapped = { lat: lng, lng: lat };
  const bounds = district ?? china;
  if (isInBox(point, bounds)) return null;
  if (isInBox(swapped, bounds) || (!isInBox(point, china) && isInBox(swapped, china))) return 'swapped';
  return isInBox(point, china) ? 'outsideDistrict' : 'outsideChina';
}

/** For the operator: what is wrong in a row, and what to do about it. */
export const pointProblemWords: Readonly<Record<PointProblem, string>> = {
  notANumber: 'latitude and longitude must be decimal degrees such as 30.4743 and 106.6327',
  swapped: 'latitude and longitude are swapped: put the smaller number (about 30) under lat, the larger under lng',
  outsideChina: 'the point is not in China: check lat, lng and the stated coordinate system',
  outsideDistrict:
    'the point lies outside the district: check the digits and the coordinate system, or leave the place out of this file',
};
