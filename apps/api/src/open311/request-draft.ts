import { toKept } from '@linli/circle';
import { Refusal, type RefusalDetail } from '@linli/kernel';

/** What a neighbouring system posts, made plain. */
export interface RequestDraft {
  readonly serviceCode: string;
  readonly text: string;
  readonly place: { readonly lat?: number; readonly lng?: number; readonly words?: string };
}

const longest = {
  description: 1600,
  address_string: 200,
  first_name: 60,
  last_name: 60,
  phone: 40,
  email: 100,
} as const;

/** Reads a form of POST /requests; names everything that is wrong with it at once. */
export function readDraft(form: Readonly<Record<string, unknown>>): RequestDraft {
  const problems: RefusalDetail[] = [];
  const text = (at: string): string => {
    const value = form[at];
    if (value === undefined || value === null) return '';
    if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
    problems.push({ at, problem: 'must be text' });
    return '';
  };
  const serviceCode = text('service_code');
  if (serviceCode === '') problems.push({ at: 'service_code', problem: 'was not provided' });
  for (const [at, most] of Object.entries(longest))
    if (text(at).length > most) problems.push({ at, problem: `must be at most ${most} characters` });
  const place = placeIn(text, problems);
  const said = [text('description'), ...contact(text)].filter((one) => one !== '').join('\n');
  if (problems.length > 0) throw new Refusal('request.invalid', problems);
  return { serviceCode, text: said === '' ? '（没有写说明）' : said, place };
}

function placeIn(text: (at: string) => string, problems: RefusalDetail[]): RequestDraft['place'] {
  const [lat, long] = [text('lat'), text('long')];
  const words = text('attribute[PLACE]') || text('address_string');
  if (lat === '' && long === '') {
    if (words === '') problems.push({ at: 'lat, long, address_string', problem: 'one of them must say where it is' });
    return { words };
  }
  const [north, east] = [Number(lat), Number(long)];
  if (lat === '' || !(Math.abs(north) <= 90)) problems.push({ at: 'lat', problem: 'must be degrees, WGS-84' });
  if (long === '' || !(Math.abs(east) <= 180)) problems.push({ at: 'long', problem: 'must be degrees, WGS-84' });
  // The standard speaks WGS-84; what is kept is GCJ-02.
  const kept = problems.length > 0 ? {} : toKept({ lat: north, lng: east }, 'WGS-84');
  return { ...kept, ...(words === '' ? {} : { words }) };
}

/** Who may be asked back; sealed with the words. */
function contact(text: (at: string) => string): string[] {
  const name = `${text('last_name')}${text('first_name')}`;
  const ways = [text('phone'), text('email')].filter((one) => one !== '').join('，');
  return name === '' && ways === '' ? [] : [`联系人：${[name, ways].filter((one) => one !== '').join('，')}`];
}

/** The span of a list: at most ninety days, the last ninety when nothing is said (GeoReport v2, GET requests). */
export function spanOf(
  startDate: string | undefined,
  endDate: string | undefined,
  now: Date,
): { from: Date; to: Date } {
  const most = 90 * 86_400_000;
  const read = (at: string, value: string): Date => {
    const instant = new Date(value);
    if (!/^\d{4}-\d{2}-\d{2}(T|$)/.test(value) || Number.isNaN(instant.getTime()))
      throw new Refusal('request.invalid', [{ at, problem: 'must be a w3 date such as 2026-03-01T00:00:00Z' }]);
    return instant;
  };
  const to = endDate === undefined ? null : read('end_date', endDate);
  const from = startDate === undefined ? null : read('start_date', startDate);
  if (from && to && to < from)
    throw new Refusal('request.invalid', [{ at: 'end_date', problem: 'lies before start_date' }]);
  if (from)
    return { from, to: new Date(Math.min((to ?? new Date(now.getTime() + 1)).getTime(), from.getTime() + most)) };
  const end = to ?? new Date(now.getTime() + 1);
  return { from: new Date(end.getTime() - most), to: end };
}
