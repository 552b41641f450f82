import type { Point, Ring } from './geometry';

interface Edge {
  readonly at: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/**
 * The first point at which a ring crosses or touches itself, null when it is simple. Edges are swept by their western
 * end, so that each is compared only with those whose span it meets.
 */
export function crossingOf(ring: Ring): Point | null {
  const edges = edgesOf(ring).sort((a, b) => west(a) - west(b));
  const open: Edge[] = [];
  for (const edge of edges) {
    for (let at = open.length - 1; at >= 0; at -= 1) {
      const other = open[at];
      if (!other) continue;
      if (east(other) < west(edge)) open.splice(at, 1);
      else if (!areNeighbours(edge, other, edges.length)) {
        const point = meet(edge, other);
        if (point) return point;
      } else if (foldsBack(edge, other, edges.length)) return { lat: edge.y1, lng: edge.x1 };
    }
    open.push(edge);
  }
  return null;
}

function edgesOf(ring: Ring): Edge[] {
  const edges: Edge[] = [];
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [x1, y1] = ring[at] ?? [0, 0];
    const [x2, y2] = ring[at + 1] ?? [0, 0];
    if (x1 !== x2 || y1 !== y2) edges.push({ at: edges.length, x1, y1, x2, y2 });
  }
  return edges;
}

const west = ({ x1, x2 }: Edge): number => Math.min(x1, x2);
const east = ({ x1, x2 }: Edge): number => Math.max(x1, x2);

function areNeighbours(a: Edge, b: Edge, count: number): boolean {
  const apart = Math.abs(a.at - b.at);
  return apart === 1 || apart === count - 1;
}

/** Two edges that share a corner and run back over each other. */
function foldsBack(a: Edge, b: Edge, count: number): boolean {
  const [first, second] = (a.at + 1) % count === b.at ? [a, b] : [b, a];
  const [ux, uy] = [first.x2 - first.x1, first.y2 - first.y1];
  const [vx, vy] = [second.x2 - second.x1, second.y2 - second.y1];
  return ux * vy - uy * vx === 0 && ux * vx + uy * vy < 0;
}

function side(ax: number, ay: number, bx: number, by: number, px: number, py: number): number {
  return Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));
}

function isWithin({ x1, y1, x2, y2 }: Edge, x: number, y: number): boolean {
  return x >= Math.min(x1, x2) && x <= Math.max(x1, x2) && y >= Math.min(y1, y2) && y <= Math.max(y1, y2);
}

function meet(a: Edge, b: Edge): Point | null {
  const s1 = side(a.x1, a.y1, a.x2, a.y2, b.x1, b.y1);
  const s2 = side(a.x1, a.y1, a.x2, a.y2, b.x2, b.y2);
  const s3 = side(b.x1, b.y1, b.x2, b.y2, a.x1, a.y1);
  const s4 = side(b.x1, b.y1, b.x2, b.y2, a.x2, a.y2);
  if (s1 * s2 < 0 && s3 * s4 < 0) return crossPoint(a, b);
  if (s1 === 0 && isWithin(a, b.x1, b.y1)) return { lat: b.y1, lng: b.x1 };
  if (s2 === 0 && isWithin(a, b.x2, b.y2)) return { lat: b.y2, lng: b.x2 };
  if (s3 === 0 && isWithin(b, a.x1, a.y1)) return { lat: a.y1, lng: a.x1 };
  if (s4 === 0 && isWithin(b, a.x2, a.y2)) return { lat: a.y2, lng: a.x2 };
  return null;
}

function crossPoint(a: Edge, b: Edge): Point {
  const [ux, uy] = [a.x2 - a.x1, a.y2 - a.y1];
  const [vx, vy] = [b.x2 - b.x1, b.y2 - b.y1];
  const t = ((b.x1 - a.x1) * vy - (b.y1 - a.y1) * vx) / (ux * vy - uy * vx);
  return { lat: a.y1 + t * uy, lng: a.x1 + t * ux };
}
