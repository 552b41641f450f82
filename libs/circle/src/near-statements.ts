const asked = `unnest($1::float8[], $2::float8[], $3::float8[], $4::smallint[], $5::smallint[], $6::text[], $7::bool[])
  with ordinality as q(x, y, r, top, leaf, service, bookable, n)`;
const columns = 'p.id, p.name, p.category, p.lat, p.lng, p.offerings';
const apart = '100000000::float8';
const here = 'p.location <-> point(q.x, q.y)';
const [any, bookable] = ['p.active', 'p.active and p.bookable'];

function onPlane(column: 'top' | 'category', asks: 'top' | 'leaf'): string {
  return `point(p.location[0] + p.${column} * ${apart}, p.location[1]) <-> point(q.x + q.${asks} * ${apart}, q.y)`;
}

/** The nearest of the index alone: a condition on the point beside would make the planner sort all that meet it. */
function nearest(where: string, order: string, holds: string, most: number): string {
  return `select q.n::int as n, ${columns} from ${asked} cross join lateral (
     select * from circle_place p where ${where} order by ${order} limit ${most}
   ) p where ${holds}`;
}

function ofService(condition: string, most: number): string {
  return `select q.n::int as n, ${columns} from ${asked} cross join lateral (
     select o.place_id from circle_offering o where o.active and o.service_id = q.service and ${condition}
     order by o.location <-> point(q.x, q.y) limit ${most}
   ) found cross join lateral (select * from circle_place one where one.id = found.place_id limit 1) p`;
}

/**
 * One statement for each index, asking for many points at once. How many rows are wanted stands in the text: with a number
 * it does not know the planner expects a tenth of the table, and reads all of it.
 */
export function nearStatements(most: number): Readonly<Record<Shape, string>> {
  return {
    any: nearest(any, here, 'true', most),
    top: nearest(any, onPlane('top', 'top'), 'p.top = q.top', most),
    leaf: nearest(any, onPlane('category', 'leaf'), 'p.category = q.leaf', most),
    bookable: nearest(bookable, here, 'true', most),
    bookableTop: nearest(bookable, onPlane('top', 'top'), 'p.top = q.top', most),
    bookableLeaf: nearest(bookable, onPlane('category', 'leaf'), 'p.category = q.leaf', most),
    service: ofService('true', most),
    // Few may meet these, so that the search must end where the walk ends.
    serviceAnd: ofService(
      `(not q.bookable or o.bookable) and (q.top is null or o.top = q.top) and (q.leaf is null or o.category = q.leaf)
       and o.location <@ box(point(q.x - q.r, q.y - q.r), point(q.x + q.r, q.y + q.r))`,
      most,
    ),
  };
}

/** Which index a search walks. */
export type Shape = 'any' | 'top' | 'leaf' | 'bookable' | 'bookableTop' | 'bookableLeaf' | 'service' | 'serviceAnd';

/** The index for what is sought. */
export function shapeOf(sought: {
  readonly serviceId: string | null;
  readonly bookable: boolean;
  readonly top: number | null;
  readonly leaf: number | null;
}): Shape {
  if (sought.serviceId !== null) return sought.bookable || sought.top !== null ? 'serviceAnd' : 'service';
  if (sought.leaf !== null) return sought.bookable ? 'bookableLeaf' : 'leaf';
  if (sought.top !== null) return sought.bookable ? 'bookableTop' : 'top';
  return sought.bookable ? 'bookable' : 'any';
}
