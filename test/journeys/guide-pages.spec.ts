import { inflateSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { ask } from '../support/front-door';
import { openProduct, type Product } from '../support/product';

const id = 'elder-allowance';

describe('a guide for everybody', () => {
  let product: Product;
  beforeAll(async () => (product = await openProduct(['api'])), 60_000);
  afterAll(() => product.close(), 30_000);

  const get = (path: string): ReturnType<typeof ask> => ask(product.url, 'GET', `/api/v1/items${path}`);
  const search = async (
    query: Record<string, string>,
  ): Promise<{ items: { id: string }[]; nextCursor: string | null }> => {
    const { status, body } = await get(`?${new URLSearchParams(query).toString()}`);
    expect(status).toBe(200);
    return body as never;
  };
  const pdf = async (query = ''): Promise<{ bytes: Buffer; headers: Headers }> => {
    const response = await fetch(`${product.url}/api/v1/items/${id}/guide.pdf${query}`);
    expect(response.status).toBe(200);
    return { bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
  };

  it.each(['高龄津贴', 'gaolingjintie', 'gljt', '高龄jintie', '高齡津貼', '高岭金帖'])('is found by %s', async (q) => {
    const { items, nextCursor } = await search({ q });
    expect(items[0]?.id).toBe(id);
    expect(nextCursor === null || typeof nextCursor === 'string').toBe(true);
  });

  it('is found page by page, with what the answer can be narrowed by', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof search>> = await search({
        q: '申请',
        kind: 'item',
        limit: '5',
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const { body } = await get('?q=申请&kind=item&limit=100');
    expect(seen).toEqual((body['items'] as { id: string }[]).map((item) => item.id));
    const { department } = body['facets'] as { department: { value: string; name: string; count: number }[] };
    const [first] = department;
    const narrowed = await search({ q: '申请', kind: 'item', department: first?.value ?? '', limit: '100' });
    expect(narrowed.items).toHaveLength(first?.count ?? -1);
  });

  it('refuses a cursor of another list and an audience nobody knows', async () => {
    expect((await get('?q=低保&cursor=elsewhere')).body['code']).toBe('request.cursorInvalid');
    expect((await get('?audience=martians')).status).toBe(400);
  });

  it('comes as messages and as sentences to be read aloud', async () => {
    const written = await get(`/${id}/text`);
    expect(written.status).toBe(200);
    const pages = written.body['pages'] as string[];
    expect(pages.every((page) => page.length <= 600)).toBe(true);
    expect(pages.join('')).toMatch(/要带的材料[^]*投诉电话：0990/);
    const aloud = (await get(`/${id}/text?aloud=1`)).body['pages'] as string[];
    expect(aloud.join('')).toMatch(/零九九零/);
    expect(aloud.join('')).not.toMatch(/[0-9（）]/);
    expect((await get('/no-such-item/text')).body['code']).toBe('item.notFound');
  });

  it('comes on paper, the same bytes every time, larger for old eyes', async () => {
    const { bytes, headers } = await pdf();
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(decodeURIComponent(headers.get('content-disposition') ?? '')).toContain('办事指南.pdf');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.length).toBeLessThan(200_000);
    expect(bytes.includes('NotoSansCJKsc')).toBe(true);
    expect((await pdf()).bytes.equals(bytes)).toBe(true);
    const pagesIn = (sheet: Buffer): number => sheet.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    const large = (await pdf('?size=large')).bytes;
    expect(pagesIn(large)).toBeGreaterThan(pagesIn(bytes));
    expect(fontSizes(large).every((size) => size >= 14)).toBe(true);
    expect(fontSizes(bytes)).toContain(11);
    expect((await get(`/${id}/guide.pdf?size=huge`)).status).toBe(400);
  }, 30_000);

  it('tells whoever scans the code whether the paper is current', async () => {
    const current = await get(`/${id}/page?version=1`);
    expect(current.type).toContain('text/html');
    expect(current.text).toContain('您手里的是第1版，是最新的');
    expect((await get(`/${id}/page?version=9`)).text).toContain('没有第9版');
    expect((await get(`/${id}/page?version=x`)).status).toBe(400);
  });

  it('comes as a flow chart', async () => {
    const { status, type, text } = await get(`/${id}/flow.svg`);
    expect([status, type]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect(Object.keys(new XMLParser().parse(text) as object)).toEqual(['svg']);
    expect(text).toContain('材料齐不齐？');
  });

  it('is not made up where there is none', async () => {
    const { items } = await search({ kind: 'report', limit: '1' });
    const bare = items[0]?.id ?? '';
    expect((await get(`/${bare}/text`)).status).toBe(200);
    expect((await get(`/${bare}/guide.pdf`)).status).toBe(404);
    expect((await get(`/${bare}/flow.svg`)).status).toBe(404);
  });
});

/** Sizes of all text on the pages of a PDF. */
function fontSizes(sheet: Buffer): number[] {
  const sizes: number[] = [];
  for (let at = sheet.indexOf('stream\n'); at >= 0; at = sheet.indexOf('stream\n', at + 7)) {
    if (sheet.subarray(at - 3, at).toString() === 'end') continue;
    const end = sheet.indexOf('\nendstream', at);
    try {
      const text = inflateSync(sheet.subarray(at + 7, end)).toString('latin1');
      for (const [, size] of text.matchAll(/\/F\d+ ([\d.]+) Tf/g)) sizes.push(Number(size));
    } catch {
      // Not a deflated stream.
    }
  }
  return sizes;
}
