import { XMLBuilder } from 'fast-xml-parser';
import type { Request, Response } from 'express';

const builder = new XMLBuilder({ format: true, suppressEmptyNode: true });

/** Names of the elements a list is written with in XML. */
export interface XmlNames {
  readonly list: string;
  readonly one: string;
}

/** Whether the caller asked for XML: the standard says so by the ending of the path. */
export function wantsXml(request: Request): boolean {
  return request.path.endsWith('.xml');
}

/** Writes rows as the path's ending asks. */
export function send(
  request: Request,
  response: Response,
  rows: readonly object[],
  names: XmlNames,
  status = 200,
): void {
  response.status(status);
  if (!wantsXml(request)) {
    response.type('application/json; charset=utf-8').send(JSON.stringify(rows));
    return;
  }
  response.type('text/xml; charset=utf-8').send(xmlOf({ [names.list]: { [names.one]: rows } }));
}

/** Writes one element with all it holds. */
export function xmlOf(content: object): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${builder.build(content)}`;
}
