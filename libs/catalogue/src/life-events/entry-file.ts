import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsObject,
  IsOptional,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import type { CatalogueEntry } from '@linli/contracts';
import type { RefusalDetail } from '@linli/kernel';
import { shapeProblems } from '@linli/platform';
import { checkLifeEvent } from './bundle-check';

const slug = /^[a-z0-9][a-z0-9-]{0,63}$/;

export class BundledItemEntry {
  @Matches(slug) entry!: string;
  @IsOptional() @IsBoolean() optional?: boolean;
  @IsOptional() @Length(1, 120) when?: string;
  @IsOptional() @IsArray() @Matches(slug, { each: true }) after?: string[];
}

/** One row of a life-event file. */
export class LifeEventFileEntry {
  @Matches(slug) id!: string;
  @Length(1, 60) name!: string;
  @Length(1, 500) summary!: string;
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => BundledItemEntry)
  items!: BundledItemEntry[];
  @IsOptional() @IsObject() fields?: Record<string, string>;
  @IsOptional() @IsObject() materials?: Record<string, string>;
}

/** Checks a whole file against the published entries; every bad row is named by its place. */
export function readLifeEvents(
  json: unknown,
  entries: ReadonlyMap<string, CatalogueEntry>,
): { events: LifeEventFileEntry[]; problems: RefusalDetail[] } {
  if (!Array.isArray(json))
    return { events: [], problems: [{ at: 'file', problem: 'must be a JSON array of life events' }] };
  const problems: RefusalDetail[] = [];
  const ids = new Set<string>();
  const events = json.map((row: unknown, index) => {
    const event = plainToInstance(LifeEventFileEntry, row);
    const isObject = event instanceof LifeEventFileEntry;
    const at = `events[${index}]${isObject && typeof event.id === 'string' ? ` (${event.id})` : ''}`;
    const found = isObject ? shapeProblems(event) : [{ at: 'row', problem: 'must be one JSON object' }];
    if (found.length === 0) {
      if (ids.has(event.id)) found.push({ at: 'id', problem: `"${event.id}" stands there twice` });
      ids.add(event.id);
      found.push(...checkLifeEvent(event, entries));
    }
    problems.push(...found.map((one) => ({ at: `${at}, ${one.at}`, problem: one.problem })));
    return event;
  });
  return { events, problems };
}
