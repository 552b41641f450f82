import type { Area } from './area-file';
import { boxOf, isInBox, isInside, widened, type Box, type Point } from './geometry';

/** Where a point lies; null where no boundary holds it. */
export interface Whereabouts {
  readonly subdistrict: { readonly id: string; readonly name: string } | null;
  readonly community: { readonly id: string; readonly name: string } | null;
}

/** People near the district's edge may look for places, and places just beyond it serve its people. */
const marginMetres = 3_000;

/** All boundaries of the district, each with its box: a few hundred at most, so that a look at every box is quick. */
export class AreaMap {
  private readonly boxed: readonly { readonly area: Area; readonly box: Box }[];

  /** The district with its margin; null before any boundary was imported. */
  readonly bounds: Box | null;

  constructor(readonly areas: readonly Area[]) {
    this.boxed = areas.map((area) => ({ area, box: boxOf(area.polygons.flatMap((polygon) => polygon[0] ?? [])) }));
    this.bounds = this.outermost();
  }

  where(point: Point): Whereabouts {
    const community = this.holding(point, 'community');
    const subdistrict = community
      ? this.areas.find((area) => area.id === community.subdistrictId)
      : this.holding(point, 'subdistrict');
    return {
      // A file may hold the communities alone: they know their subdistrict.
      subdistrict: subdistrict
        ? { id: subdistrict.id, name: subdistrict.name }
        : community
          ? { id: community.subdistrictId, name: '' }
          : null,
      community: community ? { id: community.id, name: community.name } : null,
    };
  }

  private holding(point: Point, level: Area['level']): Area | undefined {
    return this.boxed.find(
      ({ area, box }) => area.level === level && isInBox(point, box) && isInside(point, area.polygons),
    )?.area;
  }

  private outermost(): Box | null {
    if (this.boxed.length === 0) return null;
    const corners = this.boxed.flatMap(({ box: { south, west, north, east } }): [number, number][] => [
      [west, south],
      [east, north],
    ]);
    return widened(boxOf(corners), marginMetres);
  }
}
