import { Injectable } from '@nestjs/common';
import { Refusal, type RefusalDetail } from '@linli/kernel';
import { DirectoryService } from '@linli/directory';
import { Clock, Database, decodeText, readTable, TableUnreadable, type Tx } from '@linli/platform';
import { isGeoJson, readAreas, type Area } from './area-file';
import { AreaMap } from './area-map';
import { CircleSettings } from './circle-settings.service';
import { toKept } from './coordinates.service';
import { rowOf, type FileRow, type Ground, type RowsRead } from './file-row';
import { GroundService } from './ground.service';
import { GroundStore } from './ground.store';
import { rowsOfJson } from './json-rows';
import { readPlaces } from './place-file';
import { PlaceStore, type Counts } from './place.store';
import { areResidences, readResidences } from './residence-file';

/** What an import did, or would do. */
export interface CircleImportReport extends Counts {
  readonly what: 'places' | 'residences' | 'areas';
  readonly total: number;
  /** Every problem, with its row and what to do. */
  readonly bad: readonly RefusalDetail[];
  readonly skipped: number;
}

export interface CircleImportOptions {
  readonly dryRun: boolean;
  /** Import the good rows although others are bad. */
  readonly skipBad: boolean;
  /** Names of the published catalogue's services by id. */
  readonly services: ReadonlyMap<string, string>;
}

/** Thrown to undo what a dry run wrote. */
class Undone extends Error {
  constructor(readonly counts: Counts) {
    super('dry run');
  }
}

const nothing: Counts = { added: 0, changed: 0, unchanged: 0 };

/** Files of places, residential points and boundaries, told apart by what is in them; taken whole or not at all. */
@Injectable()
export class CircleImport {
  constructor(
    private readonly database: Database,
    private readonly places: PlaceStore,
    private readonly store: GroundStore,
    private readonly ground: GroundService,
    private readonly settings: CircleSettings,
    private readonly clock: Clock,
  ) {}

  /** Imports CSV, .xlsx, JSON or GeoJSON; the same file twice changes nothing. */
  async import(bytes: Buffer, options: CircleImportOptions): Promise<CircleImportReport> {
    const json = jsonOf(bytes);
    if (isGeoJson(json)) return this.importAreas(json, options);
    const rows = json === undefined ? await tableRows(bytes) : rowsOfJson(json);
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row.cells)))];
    return areResidences(columns) ? this.importResidences(rows, options) : this.importPlaces(rows, options);
  }

  /** The same over a bare database, for whoever fills one before the rooms are open. */
  static over(database: Database, directory: DirectoryService, clock: Clock): CircleImport {
    const store = new GroundStore(database);
    const ground = new GroundService(store, directory);
    return new CircleImport(database, new PlaceStore(database), store, ground, new CircleSettings(), clock);
  }

  /** Whether no place was imported yet. */
  isEmpty(): Promise<boolean> {
    return this.places.isEmpty();
  }

  private async importPlaces(rows: readonly FileRow[], options: CircleImportOptions): Promise<CircleImportReport> {
    const { categories } = this.settings;
    const read = readPlaces(rows, { ...(await this.pointGround()), categories, services: options.services });
    return this.settle('places', rows.length, read, options, async (tx, good) => {
      const map = await this.ground.current();
      const placed = good.map((entry) => ({
        ...entry,
        top: categories.ofCode(entry.category)?.top.code ?? entry.category,
        ...idsOf(map, entry.location),
      }));
      return this.places.save(tx, placed, this.clock.now());
    });
  }

  private async importResidences(rows: readonly FileRow[], options: CircleImportOptions): Promise<CircleImportReport> {
    const read = readResidences(rows, await this.pointGround());
    return this.settle('residences', rows.length, read, options, async (tx, good) => {
      const map = await this.ground.current();
      const placed = good.map((one) => ({ ...one, ...idsOf(map, one.location) }));
      return this.store.saveResidences(tx, placed, this.clock.now());
    });
  }

  private async importAreas(json: unknown, options: CircleImportOptions): Promise<CircleImportReport> {
    const read = readAreas(json, { known: await this.ground.known(), convert: toKept });
    const { features } = json as { features?: unknown };
    const total = Array.isArray(features) ? features.length : 0;
    const report = await this.settle('areas', total, read, options, async (tx, good) => {
      const counts = await this.store.saveAreas(tx, good, this.clock.now());
      if (counts.added + counts.changed > 0) await this.relocate(tx, good);
      return counts;
    });
    await this.ground.look();
    return report;
  }

  /** Everything imported before is laid into the new boundaries. */
  private async relocate(tx: Tx, renewed: readonly Area[]): Promise<void> {
    const ids = new Set(renewed.map((area) => area.id));
    const kept = (await this.ground.current()).areas.filter((area) => !ids.has(area.id));
    const map = new AreaMap([...kept, ...renewed]);
    const placed = (points: readonly { id: string; lat: number; lng: number }[]): Located[] =>
      points.map(({ id, ...point }) => ({ id, ...idsOf(map, point) }));
    await inParts(
      (after) => this.places.points(tx, after),
      (part) => this.places.relocate(tx, placed(part)),
    );
    await inParts(
      (after) => this.store.residencePoints(tx, after),
      (part) => this.store.relocateResidences(tx, placed(part)),
    );
  }

  private async settle<T>(
    what: CircleImportReport['what'],
    total: number,
    { good, bad }: RowsRead<T>,
    { dryRun, skipBad }: CircleImportOptions,
    write: (tx: Tx, good: readonly T[]) => Promise<Counts>,
  ): Promise<CircleImportReport> {
    if (bad.length > 0 && !skipBad) return { what, total, ...nothing, bad, skipped: 0 };
    const counts = await this.database
      .transact(async (tx) => {
        await this.store.bumpRevision(tx);
        const written = await write(tx, good);
        if (dryRun) throw new Undone(written);
        return written;
      })
      .catch((error: unknown) => {
        if (error instanceof Undone) return error.counts;
        throw error;
      });
    return { what, total, ...counts, bad, skipped: total - good.length };
  }

  private async pointGround(): Promise<Ground> {
    await this.ground.look();
    return { bounds: await this.ground.bounds(), convert: toKept };
  }
}

interface Located {
  readonly id: string;
  readonly subdistrictId: string | null;
  readonly communityId: string | null;
}

function idsOf(map: AreaMap, point: { lat: number; lng: number }): Omit<Located, 'id'> {
  const { subdistrict, community } = map.where(point);
  return { subdistrictId: subdistrict?.id ?? null, communityId: community?.id ?? null };
}

async function inParts<T extends { readonly id: string }>(
  read: (after: string) => Promise<T[]>,
  write: (part: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let after = ''; ;) {
    const part = await read(after);
    const last = part.at(-1);
    if (!last) return;
    await write(part);
    after = last.id;
  }
}

/** The file as JSON; undefined when it does not look like any. */
function jsonOf(bytes: Buffer): unknown {
  if (!/^(\uFEFF|\u00EF\u00BB\u00BF)?\s*[[{]/.test(bytes.subarray(0, 64).toString('latin1'))) return undefined;
  try {
    return JSON.parse(decodeText(bytes)) as unknown;
  } catch (error) {
    throw unreadable(error instanceof SyntaxError ? new TableUnreadable(`is not JSON: ${error.message}`) : error);
  }
}

async function tableRows(bytes: Buffer): Promise<FileRow[]> {
  try {
    return (await readTable(bytes)).rows.map(({ line, cells }) => rowOf(`line ${line}`, cells));
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(error: unknown): unknown {
  return error instanceof TableUnreadable ? new Refusal('circle.fileInvalid', error.problems) : error;
}
