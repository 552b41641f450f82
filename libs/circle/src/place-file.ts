import type { RefusalDetail } from '@linli/kernel';
import type { CategoryTree } from './category';
import { repeatedIds, RowReader, type FileRow, type Ground, type RowsRead } from './file-row';
import { readClosures, readHolidays, readWeekly, type Read } from './hours-text';
import { offeringId, providerTypes, type Offering, type PlaceEntry, type ProviderType } from './place';

/** What the rows of a places file are checked against. */
export interface PlaceGround extends Ground {
  readonly categories: CategoryTree;
  /** Names of the published catalogue's services by id. */
  readonly services: ReadonlyMap<string, string>;
}

const providerWords: Readonly<Record<string, ProviderType>> = {
  直接服务: 'direct',
  购买服务: 'purchased',
  支持性服务: 'supportive',
  市场化服务: 'market',
  自我服务: 'selfService',
};
const yes = new Set(['true', '1', 'yes', '是', '启用']);
const no = new Set(['false', '0', 'no', '否', '停用']);
const zones = new Set(['', 'Asia/Shanghai', '+08:00', 'UTC+8', '北京时间']);
const known = new Set(
  'id name category provider lat lng coordinateSystem address phone hours holidays closures services active sportsArea timezone'.split(
    ' ',
  ),
);

/** Reads the rows of a places file; every problem is named with its row and what to do. */
export function readPlaces(rows: readonly FileRow[], ground: PlaceGround): RowsRead<PlaceEntry> {
  const good: PlaceEntry[] = [];
  const bad: RefusalDetail[] = repeatedIds(rows);
  const repeated = new Set(bad.map(({ at }) => at.replace(/, id$/, '')));
  for (const row of rows) {
    const reader = new RowReader(row);
    const entry = readPlace(row, reader, ground);
    if (entry && reader.problems.length === 0 && !repeated.has(`${row.at} (${entry.id})`)) good.push(entry);
    bad.push(...reader.problems);
  }
  return { good, bad };
}

function readPlace(row: FileRow, reader: RowReader, ground: PlaceGround): PlaceEntry | null {
  const { cells } = row;
  for (const column of Object.keys(cells)) if (!known.has(column)) reader.refuse(column, 'is no column of places');
  if (!zones.has(cells['timezone'] ?? ''))
    reader.refuse(
      'timezone',
      `"${cells['timezone'] ?? ''}": a district has one clock, give all times in Asia/Shanghai`,
    );
  const id = reader.slug('id');
  const category = ground.categories.find(reader.text('category', 40));
  if (!category && cells['category'])
    reader.refuse('category', `"${cells['category']}" is not in config/circle/categories.json`);
  const location = reader.point(ground);
  const weekly = taken(reader, 'hours', readWeekly(cells['hours'] ?? ''));
  const holidays = taken(reader, 'holidays', readHolidays(cells['holidays'] ?? ''));
  const closures = taken(reader, 'closures', readClosures(cells['closures'] ?? ''));
  const facts = {
    id,
    name: reader.text('name', 60),
    provider: providerOf(reader, cells['provider'] ?? ''),
    address: reader.text('address', 120, false),
    phone: reader.text('phone', 40, false),
    active: flagOf(reader, cells['active'] ?? ''),
    sportsArea: reader.amount('sportsArea', 1_000_000),
    offerings: offeringsOf(reader, id, cells['services'] ?? '', ground.services),
  };
  if (!category || !location || !weekly || !holidays || !closures) return null;
  return { ...facts, category: category.leaf.code, location, hours: { weekly, holidays, closures } };
}

function taken<T>(reader: RowReader, column: string, read: Read<T>): T | null {
  if ('value' in read) return read.value;
  reader.refuse(column, read.problem);
  return null;
}

function providerOf(reader: RowReader, text: string): ProviderType {
  const found = providerTypes.find((one) => one === text) ?? providerWords[text];
  if (!found) reader.refuse('provider', `"${text}" must be one of ${providerTypes.join(', ')}`);
  return found ?? 'market';
}

function flagOf(reader: RowReader, text: string): boolean {
  if (text !== '' && !yes.has(text) && !no.has(text)) reader.refuse('active', `"${text}" must be true or false`);
  return !no.has(text);
}

/** `svc-meal:餐位*|svc-bath`: the service, the desk or room it shares, and a star when it can be booked. */
function offeringsOf(
  reader: RowReader,
  placeId: string,
  text: string,
  services: ReadonlyMap<string, string>,
): Offering[] {
  const offerings = new Map<string, Offering>();
  for (const part of text.split('|').map((one) => one.trim())) {
    if (part === '') continue;
    const [serviceId = '', resource = ''] = part.replace(/\*$/, '').split(/[:：]/);
    const name = services.get(serviceId);
    if (name === undefined) reader.refuse('services', `"${serviceId}" is no service of the published catalogue`);
    if (offerings.has(serviceId)) reader.refuse('services', `"${serviceId}" stands there twice`);
    offerings.set(serviceId, {
      id: offeringId(placeId, serviceId),
      serviceId,
      name: name ?? serviceId,
      resource: resource === '' ? serviceId : resource,
      bookable: part.endsWith('*'),
    });
  }
  return [...offerings.values()];
}
