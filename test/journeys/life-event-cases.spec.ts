import { ask, elderId } from '../support/front-door';
import { openProduct, type Product } from '../support/product';
import { newResident, type SignedIn } from '../support/residents';

type Answer = Awaited<ReturnType<typeof ask>>;

interface Guide {
  readonly id: string;
  readonly items: readonly { readonly id: string; readonly optional: boolean; readonly after: readonly string[] }[];
  readonly form: readonly { readonly key: string; readonly type: string; readonly neededBy: readonly string[] }[];
  readonly materials: readonly { readonly key: string; readonly neededBy: readonly string[] }[];
}

interface Opened {
  readonly id: string;
  readonly promisedOn: string;
  readonly cases: readonly { readonly number: string; readonly entryId: string; readonly dueOn: string }[];
  readonly toWindow: readonly { readonly id: string; readonly place: string }[];
}

const applicant = { name: '王桂芳', phone: '13912345678', idNumber: elderId, address: '桂花街道梧桐路18号' };
const event = 'newborn';

let product: Product;
let resident: SignedIn;
let guide: Guide;

beforeAll(async () => {
  product = await openProduct(['api']);
  resident = await newResident(product);
  guide = (await ask(product.url, 'GET', `/api/v1/life-events/${event}`)).body as unknown as Guide;
}, 90_000);
afterAll(() => product.close(), 30_000);

const open = (body: object, key?: string): Promise<Answer> =>
  ask(
    product.url,
    'POST',
    `/api/v1/life-events/${event}/cases`,
    { ...resident.headers, ...(key === undefined ? {} : { 'idempotency-key': key }) },
    { applicant, subdistrictId: 'guihua', ...body },
  );
const bundle = (id: string, headers: Record<string, string> = resident.headers): Promise<Answer> =>
  ask(product.url, 'GET', `/api/v1/me/bundles/${id}`, headers);
const mine = async (): Promise<number> =>
  ((await ask(product.url, 'GET', '/api/v1/me/cases?limit=100', resident.headers)).body['items'] as unknown[]).length;

/** A picture of one dot, uploaded. */
async function upload(): Promise<string> {
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const form = new FormData();
  form.set('file', new Blob([Buffer.from(dot, 'base64')], { type: 'image/png' }), 'dot.png');
  const response = await fetch(`${product.url}/api/v1/files`, {
    method: 'POST',
    headers: resident.headers,
    body: form,
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

describe('a life event', () => {
  it('becomes a case for each item, with one answer and one paper given to all that need them', async () => {
    const shared = guide.form.find((field) => field.type === 'text' && field.neededBy.length > 1);
    const paper = guide.materials.find((material) => material.neededBy.length > 1);
    const answers = shared ? { [shared.key]: '王小宝' } : {};
    const fileId = await upload();
    const materials = [{ materialId: paper?.key ?? '', fileId }];
    const opened = await open({ answers, materials }, 'birth-1');
    expect([opened.status, opened.text]).toEqual([201, expect.any(String)]);
    const { cases, toWindow, id, promisedOn } = opened.body as unknown as Opened;
    const wanted = guide.items.filter((item) => !item.optional).map((item) => item.id);
    expect([...cases.map((one) => one.entryId), ...toWindow.map((one) => one.id)].sort()).toEqual([...wanted].sort());
    expect(toWindow.every((one) => one.place.length > 0)).toBe(true);
    expect(cases.length).toBeGreaterThan(1);
    expect(cases.every((one) => one.dueOn <= promisedOn)).toBe(true);

    for (const { number, entryId } of cases) {
      const read = await ask(product.url, 'GET', `/api/v1/cases/${number}`, resident.headers);
      const values = (read.body['answers'] as { value: string }[]).map((one) => one.value);
      expect([entryId, values.includes('王小宝')]).toEqual([entryId, shared?.neededBy.includes(entryId)]);
      expect([entryId, (read.body['fileIds'] as string[]).includes(fileId)]).toEqual([
        entryId,
        paper?.neededBy.includes(entryId),
      ]);
    }
    expect((await open({ answers, materials }, 'birth-1')).body['id']).toBe(id);
    expect(await mine()).toBe(cases.length);
    expect((await bundle(id)).body).toMatchObject({ id, promisedOn, isFinished: false });
    expect((await bundle(id, (await newResident(product)).headers)).status).toBe(404);
  }, 30_000);

  it('takes optional items that are asked for', async () => {
    const optional = guide.items.filter((item) => item.optional).map((item) => item.id);
    const opened = (await open({ items: optional })).body as unknown as Opened;
    expect(opened.cases.length + opened.toWindow.length).toBe(guide.items.length);
  });

  it('is opened whole or not at all', async () => {
    const before = await mine();
    const date = guide.form.find((field) => field.type === 'date');
    const wrong = await open({ answers: { [date?.key ?? '']: '昨天' } });
    expect([wrong.status, wrong.body['code']]).toEqual([400, 'case.invalid']);
    expect((wrong.body['errors'] as { at: string }[]).map((one) => one.at.split('.')[0])).toEqual(
      expect.arrayContaining([expect.any(String)]),
    );
    const unknown = await open({ answers: { nothing: '1' }, items: ['nothing'] });
    expect(unknown.body['errors']).toMatchObject([{ at: 'answers.nothing' }, { at: 'items[0]' }]);
    expect(await mine()).toBe(before);
  });
});
