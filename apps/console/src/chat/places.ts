/** A place a resident of the demo district may be at. */
export interface Place {
  readonly name: string;
  readonly lat: number;
  readonly lng: number;
}

/** Used when the server names no halls. */
const fallback: readonly Place[] = [
  { name: '党群服务中心门口', lat: 30.4741, lng: 106.6332 },
  { name: '菜市场东门', lat: 30.4763, lng: 106.6357 },
  { name: '小学北侧路口', lat: 30.4718, lng: 106.6301 },
];

interface Hall {
  readonly name: string;
  readonly location: { readonly lat: number; readonly lng: number };
}

/** The service halls of the district and a spot some 300 m from each. */
export async function readPlaces(): Promise<readonly Place[]> {
  const response = await fetch('/api/v1/halls').catch(() => null);
  const answer: unknown = response?.ok === true ? await response.json().catch(() => null) : null;
  const halls = isHallList(answer) ? answer.items : [];
  const places = halls.slice(0, 4).flatMap(({ name, location }) => [
    { name: `${name}门口`, lat: location.lat, lng: location.lng },
    { name: `${name}往东三百米`, lat: location.lat, lng: location.lng + 0.0031 },
  ]);
  return places.length > 0 ? places : fallback;
}

function isHallList(answer: unknown): answer is { readonly items: readonly Hall[] } {
  return typeof answer === 'object' && answer !== null && 'items' in answer && Array.isArray(answer.items);
}
