import type { Area } from './area-file';
import type { Category } from './category';
import type { Coverage } from './coverage';
import { isWithin, type CoverageLimit, type ReachedPoint } from './coverage-facts';
import { boxOf, middleOf, type Box, type Point, type Polygon } from './geometry';
import { legend, patterns, shadeOf } from './coverage-legend';
import { escaped, fixed, gapMark, percent, placeMark, reachedMark, text } from './svg-marks';

/** What the map shows. */
export interface CoverageMap {
  readonly coverage: Coverage;
  readonly points: readonly ReachedPoint[];
  readonly places: readonly Point[];
  readonly areas: readonly Area[];
  readonly category: Category;
  readonly minutes: CoverageLimit;
}

const width = 1000;
const mapTop = 96;
const mapWidth = 700;
const mapHeight = 760;
const margin = 24;

type Project = (point: Point) => readonly [x: number, y: number];

/** The map as SVG: communities shaded and hatched by share, named with their figure; shapes, not colours alone, tell points apart. */
export function coverageSvg(map: CoverageMap): string {
  const communities = map.areas.filter((area) => area.level === 'community');
  const shown = communities.length > 0 ? communities : map.areas;
  const project = projection(extentOf(map, shown));
  const title = `15分钟便民服务圈：${map.category.name}，步行 ${map.minutes} 分钟以内`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${mapTop + mapHeight + margin}" viewBox="0 0 ${width} ${mapTop + mapHeight + margin}" font-family="'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    patterns(),
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    text(margin, 44, title, 'font-size="26" font-weight="700" fill="#1a1a1a"'),
    text(margin, 76, subtitle(map), 'font-size="17" fill="#444444"'),
    ...shown.map((area) => areaPath(area, map, project)),
    ...map.areas.filter((area) => area.level === 'subdistrict').map((area) => outline(area, project)),
    ...shown.map((area) => areaLabel(area, map, project)),
    ...map.points.map((point) => pointMark(point, map, project)),
    ...map.places.map((place) => placeMark(project(place))),
    legend(margin + mapWidth + 28, mapTop + 6),
    '</svg>\n',
  ].join('\n');
}

function subtitle({ coverage, points, category, minutes }: CoverageMap): string {
  const share = coverage.district.find((one) => one.id === category.id)?.within.find((one) => one.minutes === minutes);
  const missing = points.filter((point) => !isWithin(point, category.id, minutes)).length;
  return `${coverage.on}　全区 ${coverage.points} 个居民点，${percent(share?.points ?? 0)} 走得到，${missing} 个走不到`;
}

function extentOf({ points }: CoverageMap, areas: readonly Area[]): Box {
  const corners = areas.flatMap((area) => area.polygons.flatMap((polygon) => polygon[0] ?? []));
  const homes = points.map(({ location: { lat, lng } }): [number, number] => [lng, lat]);
  const all = corners.length > 0 ? corners : homes;
  return all.length > 0 ? boxOf(all) : { south: 0, north: 1, west: 0, east: 1 };
}

function projection({ south, west, north, east }: Box): Project {
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [wide, high] = [Math.max(1e-6, (east - west) * squeeze), Math.max(1e-6, north - south)];
  const scale = Math.min(mapWidth / wide, mapHeight / high);
  const [left, top] = [margin + (mapWidth - wide * scale) / 2, mapTop + (mapHeight - high * scale) / 2];
  return ({ lat, lng }) => [left + (lng - west) * squeeze * scale, top + (north - lat) * scale];
}

function pathOf(polygons: readonly Polygon[], project: Project): string {
  return polygons
    .flatMap((polygon) =>
      polygon.map((ring) => {
        const corners = ring.slice(0, -1).map(([lng, lat]) => project({ lat, lng }).map(fixed).join(' '));
        return `M${corners.join('L')}Z`;
      }),
    )
    .join('');
}

function shareIn({ coverage, category, minutes }: CoverageMap, area: Area): number | null {
  const found = [...coverage.communities, ...coverage.subdistricts].find((one) => one.id === area.id);
  if (!found || found.points === 0) return null;
  const of = found.categories.find((one) => one.id === category.id);
  return of?.within.find((one) => one.minutes === minutes)?.points ?? null;
}

function areaPath(area: Area, map: CoverageMap, project: Project): string {
  const { fill, pattern } = shadeOf(shareIn(map, area));
  const path = pathOf(area.polygons, project);
  const shape = `<path d="${path}" fill="${fill}" fill-rule="evenodd" stroke="#4a4a4a" stroke-width="1.5"/>`;
  return pattern === null ? shape : `${shape}<path d="${path}" fill="url(#${pattern})" fill-rule="evenodd"/>`;
}

function outline(area: Area, project: Project): string {
  return `<path d="${pathOf(area.polygons, project)}" fill="none" stroke="#1a1a1a" stroke-width="3.5"/>`;
}

function areaLabel(area: Area, map: CoverageMap, project: Project): string {
  const ring = area.polygons[0]?.[0];
  if (!ring) return '';
  const [x, y] = project(middleOf(ring));
  const share = shareIn(map, area);
  const halo =
    'text-anchor="middle" fill="#1a1a1a" stroke="#ffffff" stroke-width="5" paint-order="stroke" stroke-linejoin="round"';
  return [
    text(x, y, area.name, `font-size="19" font-weight="700" ${halo}`),
    text(x, y + 26, share === null ? '没有居民点' : percent(share), `font-size="21" font-weight="700" ${halo}`),
  ].join('');
}

/** A ring where people have what they need, a cross where they have not. */
function pointMark(point: ReachedPoint, { category, minutes }: CoverageMap, project: Project): string {
  const [x, y] = project(point.location);
  return isWithin(point, category.id, minutes) ? reachedMark(x, y) : gapMark(x, y);
}
