import gcoord from 'gcoord';
import type { CoordinateSystem } from './file-row';
import type { Point } from './geometry';

const systems = { 'WGS-84': gcoord.WGS84, 'GCJ-02': gcoord.GCJ02, 'BD-09': gcoord.BD09 } as const;

/**
 * A point into the system that is kept: GCJ-02, which WeChat's location messages, its place picker and Tencent's maps
 * speak, so that the points residents send are compared as they come. Rounded to 1e-6°, a hand's breadth.
 */
export function toKept(point: Point, from: CoordinateSystem): Point {
  return between(point, from, 'GCJ-02');
}

/** A kept point for a neighbour that speaks WGS-84, as maps from OpenStreetMap do. */
export function toWgs84(point: Point): Point {
  return between(point, 'GCJ-02', 'WGS-84');
}

function between({ lat, lng }: Point, from: CoordinateSystem, to: CoordinateSystem): Point {
  const [x, y] = from === to ? [lng, lat] : gcoord.transform([lng, lat], systems[from], systems[to]);
  return { lat: rounded(y), lng: rounded(x) };
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
