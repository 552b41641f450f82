import { XMLParser } from 'fast-xml-parser';
import { Refusal } from '@linli/kernel';
import { wellFormed } from './wire-text';

/** The elements of a push. Values are text, objects, or arrays of these; numbers stay the text they came as. */
export type Fields = Readonly<Record<string, unknown>>;

const limitBytes = 256 * 1_024;
const cdataOpen = '<![CDATA[';
const cdataClose = ']]>';
const plainTag = /^(\/?)([A-Za-z_][\w.-]*)\s*(\/?)>/;
const deepest = 16;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  maxNestedTags: deepest,
  // The five names of XML and numbers, nothing a document could define.
  entityDecoder: {
    decode: decodeEntities,
    setExternalEntities: () => undefined,
    addInputEntities: () => undefined,
    reset: () => undefined,
    setXmlVersion: () => undefined,
  },
});

/** Reads a push's body, XML or (where allowed) JSON; over 256 kB, no document, or more than plain elements: malformed. */
export function pushBody(body: string, jsonAllowed: boolean): Fields {
  if (Buffer.byteLength(body) > limitBytes) throw new Refusal('wechat.malformed');
  return jsonAllowed && isJson(body) ? readJson(body) : readXml(body);
}

export function isJson(body: string): boolean {
  return /^\s*\{/.test(body);
}

/** An element as text, or null when it is missing, nested or there more than once. */
export function textOf(fields: Fields, name: string): string | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' ? wellFormed(value) : null;
}

/** An element as a word: without space around it; null when nothing is left. */
export function wordOf(fields: Fields, name: string): string | null {
  const text = textOf(fields, name)?.trim() ?? '';
  return text === '' ? null : text;
}

/** The objects under an element: the platform writes one as an object, several as an array. */
export function objectsOf(fields: Fields, name: string): Fields[] {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return [value].flat().filter(isObject);
}

function readXml(xml: string): Fields {
  checkElements(xml);
  const root = quietly(() => parser.parse(xml) as unknown);
  const fields = isObject(root) ? root['xml'] : null;
  if (!isObject(fields)) throw new Refusal('wechat.malformed');
  return fields;
}

/**
 * Refuses what is no tree of plain elements: tags that do not match, and DOCTYPE, comments, instructions and
 * attributes, which the platform never sends and bombs are made of.
 */
function checkElements(xml: string): void {
  const [before = '', ...tags] = outsideCdata(xml.replace(/^\uFEFF?\s*<\?xml [^<>]*\?>/, '')).split('<');
  const open: string[] = [];
  const sound = tags.every((tag) => {
    const [whole, closing, name, empty] = plainTag.exec(tag) ?? [];
    if (whole === undefined || name === undefined) return false;
    if (closing === '/' && (empty === '/' || open.pop() !== name)) return false;
    if (closing === '' && empty === '') open.push(name);
    return open.length <= deepest && (open.length > 0 || tag.slice(whole.length).trim() === '');
  });
  if (!sound || open.length > 0 || before.trim() !== '') throw new Refusal('wechat.malformed');
}

/** What residents write may look like a DOCTYPE or a tag, so CDATA does not count. */
function outsideCdata(xml: string): string {
  const kept: string[] = [];
  let at = 0;
  for (let open = xml.indexOf(cdataOpen); open >= 0; open = xml.indexOf(cdataOpen, at)) {
    const close = xml.indexOf(cdataClose, open + cdataOpen.length);
    if (close < 0) throw new Refusal('wechat.malformed');
    kept.push(xml.slice(at, open));
    at = close + cdataClose.length;
  }
  // Joined by what no tag may hold, so that CDATA inside a tag leaves no plain tag behind.
  return [...kept, xml.slice(at)].join(']');
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function readJson(json: string): Fields {
  // Numbers become text before they are read: a MsgId has 64 bits. Valid JSON keeps the pattern out of strings.
  const quoted = quietly(() => {
    JSON.parse(json);
    return json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs, (token) =>
      token.startsWith('"') ? token : `"${token}"`,
    );
  });
  const fields: unknown = JSON.parse(quoted);
  if (!isObject(fields)) throw new Refusal('wechat.malformed');
  return fields;
}

/** What a parser throws is about the sender's document, never a fault of ours. */
function quietly<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new Refusal('wechat.malformed');
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
