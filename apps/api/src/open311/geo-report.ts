import { toWgs84 } from '@linli/circle';
import type { OpenReport } from '@linli/casework';
import type { CatalogueEntry } from '@linli/contracts';

/** GeoReport v2 on the wire: names and shapes of the standard (wiki.open311.org/GeoReport_v2). */
export interface GeoService {
  readonly service_code: string;
  readonly service_name: string;
  readonly description: string;
  readonly metadata: boolean;
  readonly type: 'realtime';
  readonly keywords: string;
  readonly group: string;
}

export interface GeoAttribute {
  readonly variable: boolean;
  readonly code: string;
  readonly datatype: 'string';
  readonly required: boolean;
  readonly datatype_description: string;
  readonly order: number;
  readonly description: string;
}

export interface GeoRequest {
  readonly service_request_id: string;
  readonly status: 'open' | 'closed';
  readonly status_notes: string;
  readonly service_name: string;
  readonly service_code: string;
  readonly description: string;
  readonly agency_responsible: string;
  readonly service_notice: string;
  readonly requested_datetime: string;
  readonly updated_datetime: string;
  readonly expected_datetime: string;
  readonly lat: number | '';
  readonly long: number | '';
}

/** 事发地点 in words, asked of every kind of problem. */
export const placeAttribute: GeoAttribute = {
  variable: true,
  code: 'PLACE',
  datatype: 'string',
  required: false,
  datatype_description: '例如：梧桐路18号楼下',
  order: 1,
  description: '问题发生在哪里？',
};

export function serviceOf(entry: CatalogueEntry): GeoService {
  return {
    service_code: entry.id,
    service_name: entry.name,
    description: entry.summary,
    metadata: true,
    type: 'realtime',
    keywords: entry.keywords.join(','),
    group: entry.category,
  };
}

const over = new Set(['closed', 'declined', 'withdrawn']);

/** A report as anybody may read it; the resident's own words stay with the subdistrict. */
export function requestOf(report: OpenReport): GeoRequest {
  return {
    service_request_id: report.number,
    status: over.has(report.state) ? 'closed' : 'open',
    status_notes: report.answer ?? '',
    service_name: report.title,
    service_code: report.entryId,
    description: report.title,
    agency_responsible: report.department,
    service_notice: '',
    requested_datetime: report.submittedAt.toISOString(),
    updated_datetime: report.updatedAt.toISOString(),
    // The end of the day it is due, in Shanghai.
    expected_datetime: `${report.dueOn}T15:59:59.000Z`,
    ...placeOf(report),
  };
}

/** The standard speaks WGS-84; what is kept is GCJ-02. */
function placeOf({ lat, lng }: OpenReport): Pick<GeoRequest, 'lat' | 'long'> {
  if (lat === null || lng === null) return { lat: '', long: '' };
  const point = toWgs84({ lat, lng });
  return { lat: rounded(point.lat), long: rounded(point.lng) };
}

/** To about a hundred metres. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1000) / 1000;
}
