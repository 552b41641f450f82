import type { RefusalDetail } from '@linli/kernel';
import type { Point } from './geometry';
import { pointProblem, pointProblemWords } from './point-check';
import type { Box } from './geometry';

/** The systems maps in China use; what is kept is GCJ-02. */
export const coordinateSystems = ['WGS-84', 'GCJ-02', 'BD-09'] as const;
export type CoordinateSystem = (typeof coordinateSystems)[number];

/** One row of a file by our column names, wherever it came from. */
export interface FileRow {
  /** `line 12`, or `row 3` of a JSON file. */
  readonly at: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** What reading a point needs to know. */
export interface Ground {
  /** The district with a margin; null when nothing is known of it yet. */
  readonly bounds: Box | null;
  /** Into the system that is kept. */
  readonly convert: (point: Point, from: CoordinateSystem) => Point;
}

/** Rows that can be taken, and everything wrong with the others. */
export interface RowsRead<T> {
  readonly good: readonly T[];
  readonly bad: readonly RefusalDetail[];
}

const columnNames: Readonly<Record<string, string>> = {
  编号: 'id',
  名称: 'name',
  类别: 'category',
  提供方式: 'provider',
  纬度: 'lat',
  经度: 'lng',
  坐标系: 'coordinateSystem',
  coordinates: 'coordinateSystem',
  地址: 'address',
  电话: 'phone',
  营业时间: 'hours',
  开放时间: 'hours',
  节假日: 'holidays',
  停业: 'closures',
  服务: 'services',
  启用: 'active',
  体育场地面积: 'sportsArea',
  时区: 'timezone',
  户数: 'households',
  人数: 'population',
};

/** Cells by our names: `纬度（GCJ-02）` is `lat`, and states the system for its row. */
export function rowOf(at: string, given: Readonly<Record<string, string>>): FileRow {
  const cells: Record<string, string> = {};
  for (const [column, text] of Object.entries(given)) {
    const headed = /^(.+?)\s*[(（](.+)[)）]$/.exec(column);
    const name = (headed?.[1] ?? column).trim();
    const ours = columnNames[name] ?? name;
    cells[ours] = text;
    if (headed?.[2] && (ours === 'lat' || ours === 'lng')) cells['coordinateSystem'] ??= headed[2];
  }
  return { at, cells };
}

export function systemOf(text: string): CoordinateSystem | null {
  const said = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return coordinateSystems.find((one) => said.startsWith(one.replace('-', ''))) ?? null;
}

export class RowReader {
  readonly problems: RefusalDetail[] = [];
  private readonly place: string;

  constructor(private readonly row: FileRow) {
    const { id } = row.cells;
    this.place = id ? `${row.at} (${id})` : row.at;
  }

  refuse(column: string, problem: string): void {
    this.problems.push({ at: `${this.place}, ${column}`, problem });
  }

  text(column: string, most: number, isNeeded = true): string {
    const text = this.row.cells[column] ?? '';
    if (text === '' && isNeeded) this.refuse(column, 'is missing');
    if (text.length > most) this.refuse(column, `is longer than ${most} characters`);
    return text;
  }

  slug(column: string): string {
    const text = this.text(column, 64);
    if (text !== '' && !/^[a-z0-9][a-z0-9-]*$/.test(text))
      this.refuse(column, `"${text}": small letters, digits and dashes, a letter or digit first`);
    return text;
  }

  /** A number not below zero; null when the cell is empty. */
  amount(column: string, most: number): number | null {
    const text = this.row.cells[column] ?? '';
    if (text === '') return null;
    const value = Number(text);
    if (!Number.isFinite(value) || value < 0 || value > most)
      this.refuse(column, `"${text}" must be a number from 0 to ${most}`);
    return value;
  }

  /** The row's point in the system that is kept; null when it was refused. */
  point({ bounds, convert }: Ground): Point | null {
    const stated = this.row.cells['coordinateSystem'] ?? '';
    const system = systemOf(stated);
    if (!system) {
      const which = stated === '' ? 'is not stated' : `"${stated}" is not known`;
      this.refuse(
        'coordinateSystem',
        `${which}: write WGS-84, GCJ-02 or BD-09, as the map the points come from has it`,
      );
    }
    const given = { lat: degrees(this.row.cells['lat']), lng: degrees(this.row.cells['lng']) };
    const problem = pointProblem(given, bounds);
    if (problem) this.refuse('lat, lng', `${given.lat}, ${given.lng}: ${pointProblemWords[problem]}`);
    return problem || !system ? null : convert(given, system);
  }
}

function degrees(text: string | undefined): number {
  return text === undefined || text.trim() === '' ? NaN : Number(text);
}

/** Ids that stand twice in one file. */
export function repeatedIds(rows: readonly FileRow[]): RefusalDetail[] {
  const first = new Map<string, string>();
  return rows.flatMap(({ at, cells: { id } }) => {
    if (!id) return [];
    const before = first.get(id);
    if (before === undefined) first.set(id, at);
    return before === undefined ? [] : [{ at: `${at} (${id}), id`, problem: `stands already on ${before}` }];
  });
}
