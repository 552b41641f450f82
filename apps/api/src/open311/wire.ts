import type { Request, Response } from 'express';
import { escapeXml } from '@linli/catalogue';

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

/** Writes elements by their names: a list repeats its element, an object nests, anything else is text. */
export function xmlOf(content: object): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${elementsOf(content)}`;
}

function elementsOf(content: object): string {
  return Object.entries(content)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one: unknown) => element(name, one)))
    .join('');
}

function element(name: string, value: unknown): string {
  const inside = typeof value === 'object' && value !== null ? elementsOf(value) : escapeXml(String(value));
  return `<${name}>${inside}</${name}>`;
}
