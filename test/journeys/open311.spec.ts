import { XMLParser } from 'fast-xml-parser';
import { openProduct, type Product } from '../support/product';

/** A client as small as the standard allows: it knows paths, forms and the two formats, nothing of this product. */
class GeoReportClient {
  constructor(
    private readonly base: string,
    private readonly key: string,
  ) {}

  async json(path: string, form?: Record<string, string>): Promise<{ status: number; body: unknown; type: string }> {
    const { status, text, type } = await this.ask(path, form);
    return { status, body: JSON.parse(text), type };
  }

  async xml(path: string, form?: Record<string, string>): Promise<{ status: number; body: unknown; type: string }> {
    const { status, text, type } = await this.ask(path, form);
    return { status, body: new XMLParser().parse(text), type };
  }

  withKey(form: Record<string, string>): Record<string, string> {
    return { ...form, api_key: this.key };
  }

  private async ask(
    path: string,
    form?: Record<string, string>,
  ): Promise<{ status: number; text: string; type: string }> {
    const init = form && { method: 'POST', body: new URLSearchParams(form) };
    const response = await fetch(`${this.base}/open311/v2/${path}`, init);
    return { status: response.status, text: await response.text(), type: response.headers.get('content-type') ?? '' };
  }
}

interface GeoRequest {
  readonly service_request_id: string;
  readonly status: string;
  readonly service_code: string;
  readonly description: string;
  readonly lat: number;
}

describe('GeoReport v2', () => {
  let product: Product;
  let client: GeoReportClient;
  let filed = '';
  const complaint = {
    service_code: '',
    lat: '30.4748',
    long: '106.6318',
    description: '路灯坏了三天，电话13912345678',
    first_name: '桂英',
    last_name: '欧阳',
    'attribute[PLACE]': '书院路口',
  };

  beforeAll(async () => {
    product = await openProduct(['api']);
    client = new GeoReportClient(product.url, product.credentials.apiKeys.open311);
    const { body } = await client.json('services.json');
    complaint.service_code = (body as { service_code: string }[])[0]?.service_code ?? '';
  }, 60_000);
  afterAll(() => product.close(), 30_000);

  it('lists what can be reported, in both formats', async () => {
    const { status, body, type } = await client.json('services.json?jurisdiction_id=linan');
    const services = body as Record<string, unknown>[];
    expect({ status, type }).toEqual({ status: 200, type: 'application/json; charset=utf-8' });
    expect(services.length).toBeGreaterThan(50);
    expect(Object.keys(services[0] ?? {})).toEqual([
      ...['service_code', 'service_name', 'description', 'metadata', 'type', 'keywords', 'group'],
    ]);
    const xml = await client.xml('services.xml');
    expect(xml.type).toBe('text/xml; charset=utf-8');
    expect((xml.body as { services: { service: unknown[] } }).services.service).toHaveLength(services.length);
  });

  it('defines one of them with its attributes, and knows no others', async () => {
    const { body } = await client.json(`services/${complaint.service_code}.json`);
    expect(body).toMatchObject({ service_code: complaint.service_code, attributes: [{ code: 'PLACE', order: 1 }] });
    expect((await client.xml(`services/${complaint.service_code}.xml`)).body).toMatchObject({
      service_definition: { service_code: complaint.service_code, attributes: { attribute: { code: 'PLACE' } } },
    });
    expect(await client.json('services/unknown.json')).toMatchObject({ status: 404, body: [{ code: 404 }] });
    expect((await client.xml('services/unknown.xml')).body).toMatchObject({ errors: { error: { code: 404 } } });
  });

  it('takes a report with a key, once for one idempotency key, and gives its number', async () => {
    const { status, body } = await client.json('requests.json', client.withKey(complaint));
    expect(status).toBe(201);
    filed = (body as GeoRequest[])[0]?.service_request_id ?? '';
    expect(filed).toMatch(/^\d{10,}$/);
    expect((await client.json(`tokens/${filed}.json`)).body).toEqual([{ service_request_id: filed, token: filed }]);
    const xml = await client.xml('requests.xml', client.withKey(complaint));
    expect(xml).toMatchObject({
      status: 201,
      body: { service_requests: { request: { service_request_id: expect.anything() as unknown } } },
    });
  });

  it.each([
    ['without a key', { api_key: '' }, 403],
    ['with a wrong key', { api_key: 'linli_wrong' }, 403],
    ['without a service', { service_code: '' }, 400],
    ['of an unknown service', { service_code: 'unknown' }, 404],
    ['without a place', { lat: '', long: '', 'attribute[PLACE]': '' }, 400],
    ['at no place on earth', { lat: '130' }, 400],
    ['longer than anybody reads', { description: '字'.repeat(1601) }, 400],
  ])('refuses a report %s', async (_what, change, status) => {
    const form = { ...client.withKey(complaint), ...change };
    expect(await client.json('requests.json', form)).toMatchObject({ status, body: [{ code: status }] });
  });

  it('shows a report to anybody without its words, its people, or the very spot', async () => {
    const { body } = await client.json(`requests/${filed}.json`);
    expect(body).toMatchObject([
      { service_request_id: filed, status: 'open', service_code: complaint.service_code, lat: 30.475 },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/13912345678|欧阳|三天/);
    expect(await client.json('requests/2600000000.json')).toMatchObject({ status: 404 });
  });

  it('lists reports by number, kind, state and span', async () => {
    const ids = async (query: string): Promise<string[]> =>
      ((await client.json(`requests.json?${query}`)).body as GeoRequest[]).map((one) => one.service_request_id);
    expect(await ids(`service_request_id=${filed},2600000000`)).toEqual([filed]);
    expect(await ids(`service_code=${complaint.service_code}&status=open`)).toContain(filed);
    expect(await ids('status=closed')).not.toContain(filed);
    expect(await ids('start_date=2020-01-01T00:00:00Z&end_date=2020-02-01T00:00:00Z')).toEqual([]);
    expect(await ids('page_size=1&page=1')).toHaveLength(1);
    expect(await client.json('requests.json?start_date=yesterday')).toMatchObject({
      status: 400,
      body: [{ code: 400 }],
    });
  });
});
