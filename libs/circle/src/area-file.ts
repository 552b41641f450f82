import type { RefusalDetail } from '@linli/kernel';
import { crossingOf } from './crossing';
import { systemOf, type CoordinateSystem, type Ground, type RowsRead } from './file-row';
import { boxOf, type Polygon, type Ring } from './geometry';
import { pointProblem, pointProblemWords } from './point-check';

/** A subdistrict or community the directory knows. */
export interface KnownArea {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly level: 'subdistrict' | 'community';
  /** Of a community: its subdistrict. */
  readonly subdistrictId: string;
}

/** The boundary of a subdistrict or community. */
export interface Area extends KnownArea {
  readonly polygons: readonly Polygon[];
}

/** What a GeoJSON file is checked against. */
export interface AreaGround extends Pick<Ground, 'convert'> {
  readonly known: readonly KnownArea[];
}

export function isGeoJson(json: unknown): boolean {
  return isObject(json) && json['type'] === 'FeatureCollection';
}

/**
 * Reads boundaries from GeoJSON. Each feature names its `id` (or `code`) of the directory; the file states its
 * `coordinateSystem`, since GeoJSON from Chinese maps is seldom the WGS-84 the standard asks for.
 */
export function readAreas(json: unknown, ground: AreaGround): RowsRead<Area> {
  const file = isObject(json) ? json : {};
  const system = systemOf(typeof file['coordinateSystem'] === 'string' ? file['coordinateSystem'] : '');
  const features = Array.isArray(file['features']) ? (file['features'] as unknown[]) : [];
  if (!system)
    return refused('file, coordinateSystem', 'is not stated: add "coordinateSystem": "WGS-84", "GCJ-02" or "BD-09"');
  if (features.length === 0) return refused('file, features', 'there are none');
  const good: Area[] = [];
  const bad: RefusalDetail[] = [];
  const seen = new Set<string>();
  features.forEach((feature, index) => {
    const read = readFeature(feature, `feature ${index + 1}`, system, ground);
    bad.push(...read.bad);
    for (const area of read.good) {
      if (seen.has(area.id)) bad.push({ at: `feature ${index + 1} (${area.name}), id`, problem: 'stands there twice' });
      else good.push(area);
      seen.add(area.id);
    }
  });
  return { good, bad };
}

function refused(at: string, problem: string): RowsRead<never> {
  return { good: [], bad: [{ at, problem }] };
}

function readFeature(feature: unknown, place: string, system: CoordinateSystem, ground: AreaGround): RowsRead<Area> {
  const properties = isObject(feature) && isObject(feature['properties']) ? feature['properties'] : {};
  const named = [properties['id'], properties['code']].filter((one) => typeof one === 'string');
  const known = ground.known.find(({ id, code }) => named.includes(id) || named.includes(code));
  if (!known)
    return refused(
      `${place}, id`,
      `"${named.join(', ')}" is no subdistrict or community of the directory: import it first`,
    );
  const at = `${place} (${known.name})`;
  const given = polygonsOf(isObject(feature) ? feature['geometry'] : null);
  if (!given) return refused(`${at}, geometry`, 'must be a Polygon or MultiPolygon of [longitude, latitude]');
  const problems = given.flatMap((polygon) => polygon.flatMap((ring) => ringProblems(ring)));
  if (problems.length > 0) return { good: [], bad: problems.map((problem) => ({ at: `${at}, geometry`, problem })) };
  const convert = ([lng, lat]: readonly [number, number]): readonly [number, number] => {
    const point = ground.convert({ lat, lng }, system);
    return [point.lng, point.lat];
  };
  const polygons = given.map((polygon) => polygon.map((ring) => ring.map(convert)));
  return { good: [{ ...known, polygons }], bad: [] };
}

function ringProblems(ring: Ring): string[] {
  for (const [lng, lat] of ring) {
    const problem = pointProblem({ lat, lng }, null);
    if (problem) return [`${lng}, ${lat}: ${pointProblemWords[problem]} (GeoJSON writes longitude first)`];
  }
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4 || !first || !last) return ['a boundary needs at least three corners and its first point again'];
  if (first[0] !== last[0] || first[1] !== last[1]) return ['the boundary is not closed: end it with its first point'];
  const { north, south, east, west } = boxOf(ring);
  if (north === south || east === west) return ['the boundary encloses nothing'];
  const crossing = crossingOf(ring);
  return crossing
    ? [
        `the boundary crosses itself near ${crossing.lat.toFixed(5)}, ${crossing.lng.toFixed(5)}: ` +
          'draw the outline so that its lines never meet',
      ]
    : [];
}

function polygonsOf(geometry: unknown): Polygon[] | null {
  if (!isObject(geometry)) return null;
  const { type, coordinates } = geometry;
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : null;
  return isListOf(polygons, isPolygon) && polygons.length > 0 ? polygons : null;
}

function isPolygon(value: unknown): value is Polygon {
  return isListOf(value, isRing) && value.length > 0;
}

function isRing(value: unknown): value is Ring {
  return isListOf(value, (one): one is [number, number] => isListOf(one, isNumber) && one.length >= 2);
}

function isListOf<T>(value: unknown, isOne: (one: unknown) => one is T): value is T[] {
  return Array.isArray(value) && value.every((one) => isOne(one));
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
