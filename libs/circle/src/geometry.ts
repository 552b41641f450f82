/** A point in degrees, in the one system that is kept: GCJ-02. */
export interface Point {
  readonly lat: number;
  readonly lng: number;
}

/** A point on the plane of the index, in Mercator metres: near any place it is true to shape, so nearest stays nearest. */
export interface PlanePoint {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

/** A closed ring of `[lng, lat]`, first and last equal, as GeoJSON has it (RFC 7946). */
export type Ring = readonly (readonly [lng: number, lat: number])[];
/** The outer ring, then its holes. */
export type Polygon = readonly Ring[];

const earthRadius = 6_371_008.8;
const radians = Math.PI / 180;

export function toPlane({ lat, lng }: Point): PlanePoint {
  return {
    x: earthRadius * lng * radians,
    y: earthRadius * Math.log(Math.tan(Math.PI / 4 + (lat * radians) / 2)),
  };
}

/** How many metres of ground a metre of the plane is at a latitude. */
export function groundScale(lat: number): number {
  return Math.cos(lat * radians);
}

/** Metres as the crow flies. */
export function distance(a: Point, b: Point): number {
  const half = (degrees: number): number => Math.sin((degrees * radians) / 2) ** 2;
  const chord = half(b.lat - a.lat) + groundScale(a.lat) * groundScale(b.lat) * half(b.lng - a.lng);
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(chord)));
}

export function boxOf(points: Iterable<readonly [number, number]>): Box {
  let [south, west, north, east] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of points) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
    west = Math.min(west, lng);
    east = Math.max(east, lng);
  }
  return { south, west, north, east };
}

export function isInBox({ lat, lng }: Point, { south, west, north, east }: Box): boolean {
  return lat >= south && lat <= north && lng >= west && lng <= east;
}

/** The box with so many metres added on every side. */
export function widened({ south, west, north, east }: Box, metres: number): Box {
  const up = metres / (earthRadius * radians);
  const sideways = up / groundScale((south + north) / 2);
  return { south: south - up, west: west - sideways, north: north + up, east: east + sideways };
}

/** Whether the point lies in one of the polygons and in none of its holes; on an edge either answer may come. */
export function isInside(point: Point, polygons: readonly Polygon[]): boolean {
  return polygons.some(
    ([outer, ...holes]) => outer && isInRing(point, outer) && !holes.some((hole) => isInRing(point, hole)),
  );
}

function isInRing({ lat, lng }: Point, ring: Ring): boolean {
  let inside = false;
  let [before] = ring.slice(-1);
  for (const corner of ring) {
    if (before) {
      const [x1, y1] = before;
      const [x2, y2] = corner;
      if (y1 > lat !== y2 > lat && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
    }
    before = corner;
  }
  return inside;
}

/** Where to write a polygon's name: the middle of its corners' box when that is inside, else of its first edge's inside. */
export function middleOf(ring: Ring): Point {
  let [area, lat, lng] = [0, 0, 0];
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [x1, y1] = ring[at] ?? [0, 0];
    const [x2, y2] = ring[at + 1] ?? [0, 0];
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    lng += (x1 + x2) * cross;
    lat += (y1 + y2) * cross;
  }
  const box = boxOf(ring);
  const fallback = { lat: (box.south + box.north) / 2, lng: (box.west + box.east) / 2 };
  return Math.abs(area) < 1e-14 ? fallback : { lat: lat / (3 * area), lng: lng / (3 * area) };
}
