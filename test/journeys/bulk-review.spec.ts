import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { CatalogueModule, DraftImport } from '@linli/catalogue';
import { newId } from '@linli/kernel';
import { Clock, Database, FieldCipher, projectRoot } from '@linli/platform';
import { Test } from '@nestjs/testing';
import { eventually } from '../support/eventually';
import { ask } from '../support/front-door';
import { openProduct, type Product } from '../support/product';

type Answer = Awaited<ReturnType<typeof ask>>;
type Headers = Record<string, string>;
interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly guide?: object;
}

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const there = existsSync(executablePath);
const root = '/api/v1/staff/catalogue/imports';
const demo = JSON.parse(readFileSync(join(projectRoot(), 'config/demo/catalogue/items-a1.json'), 'utf8')) as Entry[];
const sample = demo.find((one) => one.guide !== undefined);

let product: Product;
let writer: Headers;
let reviewer: Headers;
let folder: string;
let take: (rows: readonly object[]) => Promise<string>;

const get = (path: string, headers: Headers): Promise<Answer> => ask(product.url, 'GET', path, headers);
const post = (path: string, headers: Headers, body: object): Promise<Answer> =>
  ask(product.url, 'POST', path, headers, body);
const codeOf = ({ status, body }: Answer): unknown[] => [status, body['code']];
const named = (id: string, change: object = {}): object => ({
  ...sample,
  implementation: undefined,
  id,
  name: `试验事项 ${id}`,
  ...change,
});
/** A connection the server has just let go is no answer. */
const published = async (id: string): Promise<boolean> =>
  (await get(`/api/v1/items/${id}`, {}).catch(() => null))?.status === 200;

beforeAll(async () => {
  product = await openProduct();
  writer = await product.officer('admin');
  reviewer = await product.officer('supervisor');
  folder = mkdtempSync(join(tmpdir(), 'linli-bulk-'));
  const me = (await get('/api/v1/staff/me', writer)).body;
  const parts = [
    { provide: Database, useValue: product.db.database },
    { provide: FieldCipher, useValue: product.db.cipher },
    { provide: Clock, useClass: Clock },
  ];
  const platform = {
    module: class Ground {},
    global: true,
    providers: parts,
    exports: parts.map((one) => one.provide),
  };
  const imports = (await Test.createTestingModule({ imports: [platform, CatalogueModule] }).compile()).get(DraftImport);
  const officer = { id: String(me['id']), role: 'admin', departmentId: null };
  take = async (rows) => {
    const path = join(folder, `批次-${newId()}.json`);
    writeFileSync(path, JSON.stringify(rows));
    const report = await imports.importFile(path, { dryRun: false, skipBad: false, importer: 'operator:t', officer });
    expect(report.bad).toEqual([]);
    return report.runId ?? '';
  };
}, 90_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await product.close();
}, 30_000);

async function finished(importId: string, { body }: Answer): Promise<Record<string, unknown>> {
  const path = `${root}/${importId}/reviews/${String(body['id'])}`;
  return eventually(async () => {
    const review = (await get(path, reviewer)).body;
    return review['finishedAt'] === null ? undefined : review;
  });
}

describe('the drafts of an import, reviewed together', () => {
  it('by the API: shown with what the rules find, chosen ones sent back, the rest public', async () => {
    const id = await take([named('bulk-a'), named('bulk-b'), named('bulk-c')]);
    const clerk = await product.officer('clerk.guihua');
    expect(codeOf(await get(root, clerk))).toEqual([403, 'auth.roleMissing']);
    expect((await get(root, reviewer)).body['items']).toMatchObject([{ id, drafts: 3, states: { submitted: 3 } }]);
    const page = (await get(`${root}/${id}/drafts?limit=2`, reviewer)).body;
    expect(page).toMatchObject({ items: [{ isPublishable: true, changes: [] }, {}], nextCursor: expect.any(String) });
    const [first] = page['items'] as { id: string; itemId: string }[];
    const seenAt = String(page['seenAt']);
    const reviews = `${root}/${id}/reviews`;
    const all = { decision: 'approve', publish: true, seenAt };
    expect(codeOf(await post(reviews, writer, all))).toEqual([403, 'catalogue.ownDraft']);
    expect(codeOf(await post(reviews, reviewer, { decision: 'sendBack', seenAt }))).toEqual([400, 'request.invalid']);
    const back = { decision: 'sendBack', drafts: [first?.id], reasons: ['时限不对'], seenAt };
    const sent = await post(reviews, { ...reviewer, 'idempotency-key': 'back-1' }, back);
    expect([sent.status, (await finished(id, sent))['done']]).toEqual([202, 1]);
    const again = await post(reviews, { ...reviewer, 'idempotency-key': 'back-1' }, back);
    expect(again.body['id']).toBe(sent.body['id']);
    const ordered = await post(reviews, reviewer, all);
    expect(await finished(id, ordered)).toMatchObject({ total: 2, done: 2, failed: 0 });
    const others = ['bulk-a', 'bulk-b', 'bulk-c'].filter((one) => one !== first?.itemId);
    for (const one of others) await eventually(async () => (await published(one)) || undefined);
    expect(await published(first?.itemId ?? '')).toBe(false);
  }, 60_000);

  it('tells in words what could not be done, and goes on with the rest', async () => {
    const id = await take([named('bulk-d'), named('bulk-e')]);
    const page = (await get(`${root}/${id}/drafts`, reviewer)).body;
    const [first] = page['items'] as { id: string }[];
    const withdrawn = await post(`/api/v1/staff/catalogue/drafts/${first?.id ?? ''}/withdrawal`, writer, {
      reason: '不要了',
    });
    expect(withdrawn.status).toBe(200);
    const drafts = (page['items'] as { id: string }[]).map((one) => one.id);
    const ordered = await post(`${root}/${id}/reviews`, reviewer, {
      decision: 'approve',
      drafts,
      seenAt: page['seenAt'],
    });
    const review = await finished(id, ordered);
    expect(review).toMatchObject({ total: 2, done: 1, failed: 1 });
    const failures = await get(`${root}/${id}/reviews/${String(review['id'])}/failures`, reviewer);
    expect(failures.body['items']).toMatchObject([
      { draftId: first?.id, code: 'catalogue.draftChanged', sentence: expect.stringMatching(/。$/) },
    ]);
  }, 60_000);

  (there ? it : it.skip)(
    'on the page: signed in, looked at, approved, and told what came of it',
    async () => {
      await take([named('bulk-f'), named('bulk-g')]);
      const browser: Browser = await chromium.launch({
        executablePath,
        args: ['--headless', '--no-sandbox', '--disable-gpu'],
      });
      try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
        const faults: string[] = [];
        page.on('pageerror', (error) => faults.push(error.message));
        page.on('dialog', (dialog) => void dialog.accept());
        await page.goto(`${product.url}/review/`);
        const officer = product.credentials.officers.find((one) => one.account === 'supervisor');
        await page.getByLabel('账号').fill('supervisor');
        await page.getByLabel('密码').fill(officer?.password ?? '');
        await page.getByRole('button', { name: '登录' }).click();
        await page.getByRole('button', { name: '打开' }).first().click();
        await page.getByText('试验事项 bulk-f').waitFor();
        if (process.env['PICTURES'] !== undefined)
          await page.screenshot({ path: join(process.env['PICTURES'], 'review.png'), fullPage: true });
        await page.getByRole('button', { name: '全部通过（2 份）' }).click();
        await page.getByText('办完了：通过 2 份，全部办成。').waitFor();
        await eventually(async () => (await published('bulk-g')) || undefined);
        await page.setViewportSize({ width: 360, height: 740 });
        const sideways = await page.evaluate<boolean>(
          'document.documentElement.scrollWidth > document.documentElement.clientWidth',
        );
        expect([sideways, faults]).toEqual([false, []]);
      } finally {
        await browser.close();
      }
    },
    60_000,
  );
});
