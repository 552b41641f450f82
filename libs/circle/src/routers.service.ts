import { toWgs84 } from './coordinates.service';
import type { Point } from './geometry';
import { minutesOf, RouterAnswerUnknown, type WalkingRouter } from './walking-router';

const tencentHost = 'https://apis.map.qq.com';
/** One request of Tencent's matrix takes so many destinations. */
const tencentMost = 25;

/** Where walking times are asked for; both unset: they are estimated. */
export interface RouterSettings {
  /** The root of an OSRM-compatible server with the `foot` profile. */
  readonly url: string | null;
  readonly tencentKey: string | null;
  readonly tencentHost?: string;
}

/** The router a deployment has; its own server before Tencent's. */
export function walkingRouter({
  url,
  tencentKey,
  tencentHost: host = tencentHost,
}: RouterSettings): WalkingRouter | null {
  if (url !== null) return new OsrmRouter(url);
  return tencentKey === null ? null : new TencentRouter(host, tencentKey);
}

/** OSRM's table service (`/table/v1/foot`), which speaks WGS-84. */
class OsrmRouter implements WalkingRouter {
  constructor(private readonly url: string) {}

  async minutes(from: Point, to: readonly Point[], signal: AbortSignal): Promise<readonly (number | null)[]> {
    const points = [from, ...to].map(toWgs84).map(({ lat, lng }) => `${lng},${lat}`);
    const root = this.url.replace(/\/+$/, '');
    const body = await json(`${root}/table/v1/foot/${points.join(';')}?sources=0&annotations=duration`, signal);
    if (body['code'] !== 'Ok') throw new RouterAnswerUnknown(`OSRM answered ${String(body['code'])}`);
    const [row] = Array.isArray(body['durations']) ? (body['durations'] as unknown[]) : [];
    return minutesOf(Array.isArray(row) ? row.slice(1) : null, to.length);
  }
}

/** Tencent's distance matrix (`/ws/distance/v1/matrix`), which speaks GCJ-02. */
class TencentRouter implements WalkingRouter {
  constructor(
    private readonly host: string,
    private readonly key: string,
  ) {}

  async minutes(from: Point, to: readonly Point[], signal: AbortSignal): Promise<readonly (number | null)[]> {
    const parts = Array.from({ length: Math.ceil(to.length / tencentMost) }, (_, at) =>
      to.slice(at * tencentMost, (at + 1) * tencentMost),
    );
    return (await Promise.all(parts.map((part) => this.part(from, part, signal)))).flat();
  }

  private async part(from: Point, to: readonly Point[], signal: AbortSignal): Promise<readonly (number | null)[]> {
    const words = ({ lat, lng }: Point): string => `${lat},${lng}`;
    const query = new URLSearchParams({
      mode: 'walking',
      from: words(from),
      to: to.map(words).join(';'),
      key: this.key,
    });
    const body = await json(`${this.host}/ws/distance/v1/matrix?${query.toString()}`, signal);
    if (body['status'] !== 0) throw new RouterAnswerUnknown(`Tencent answered ${String(body['status'])}`);
    const { rows } = (body['result'] ?? {}) as { rows?: { elements?: { duration?: unknown; status?: unknown }[] }[] };
    const elements = rows?.[0]?.elements;
    // A destination it cannot reach carries a status of its own.
    return minutesOf(
      elements?.map(({ duration, status }) => (status === undefined || status === 0 ? duration : null)),
      to.length,
    );
  }
}

async function json(url: string, signal: AbortSignal): Promise<Record<string, unknown>> {
  const response = await fetch(url, { signal, redirect: 'error' });
  if (!response.ok) throw new RouterAnswerUnknown(`HTTP ${response.status}`);
  return (await response.json()) as Record<string, unknown>;
}
