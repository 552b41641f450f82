import { openProduct, type Product } from '../support/product';

interface Document {
  readonly paths: Record<string, Record<string, { security?: unknown; summary?: string; description?: string }>>;
}

/** What the contract names so far, and others program against. */
const promised: readonly (readonly [method: string, path: string])[] = [
  ['post', '/api/v1/login/wechat'],
  ['post', '/api/v1/login/officer'],
  ['post', '/api/v1/route'],
  ['get', '/api/v1/items'],
  ['get', '/api/v1/items/{id}'],
  ['get', '/api/v1/halls'],
  ['get', '/api/v1/directory/communities'],
  ['get', '/api/v1/directory/departments'],
  ['post', '/api/v1/cases'],
  ['post', '/api/v1/reports'],
  ['get', '/api/v1/cases/{number}'],
  ['post', '/api/v1/cases/{number}/withdrawal'],
  ['post', '/api/v1/files'],
  ['get', '/api/v1/staff/cases'],
  ['post', '/api/v1/staff/cases/{number}/acceptance'],
  ['post', '/api/v1/staff/cases/{number}/correction-notice'],
  ['post', '/api/v1/staff/cases/{number}/corrections'],
  ['post', '/api/v1/staff/cases/{number}/closure'],
  ['post', '/api/v1/staff/cases/{number}/dispatches'],
  ['post', '/api/v1/staff/cases/{number}/sign-for'],
  ['post', '/api/v1/staff/cases/{number}/send-back'],
  ['get', '/api/v1/staff/cases/{number}/support-records'],
  ['post', '/api/v1/staff/cases/{number}/support-records'],
  ['post', '/api/v1/staff/cases/{number}/suspension'],
  ['post', '/api/v1/staff/cases/{number}/extension'],
  ['post', '/api/v1/staff/joint-calls'],
  ['post', '/api/v1/staff/joint-calls/{id}/answers'],
  ['get', '/api/v1/circle/places'],
  ['get', '/api/v1/services/{id}/slots'],
  ['post', '/api/v1/bookings'],
  ['delete', '/api/v1/bookings/{id}'],
  ['post', '/api/v1/bookings/{id}/check-in'],
  ['post', '/api/v1/slots/{id}/waitlist'],
  ['get', '/api/v1/me/bookings'],
  ['get', '/api/v1/lists/powers'],
  ['get', '/api/v1/responsibility/who'],
  ['get', '/api/v1/life-events/{id}'],
  ['get', '/open311/v2/services.json'],
  ['post', '/open311/v2/requests.xml'],
  ['get', '/api/v1/me/rateable'],
  ['post', '/api/v1/ratings'],
  ['post', '/api/v1/ratings/{id}/addendum'],
  ['get', '/api/v1/assessments/{period}/scores'],
  ['get', '/api/v1/assessments/{period}/scores/{subjectId}/evidence'],
  ['post', '/api/v1/assessments/{period}/appeals'],
  ['get', '/health/live'],
  ['get', '/health/ready'],
];

describe('the API reference', () => {
  let product: Product;
  beforeAll(async () => (product = await openProduct(['api'])), 60_000);
  afterAll(() => product.close(), 30_000);

  it('holds every route that is promised', async () => {
    const response = await fetch(`${product.url}/openapi.json`);
    expect(response.status).toBe(200);
    const { paths } = (await response.json()) as Document;
    const missing = promised.filter(([method, path]) => paths[path]?.[method] === undefined);
    expect(missing).toEqual([]);
  });

  it('and its page load nothing from elsewhere', async () => {
    const page = await fetch(`${product.url}/docs`);
    expect(page.status).toBe(200);
    const html = await page.text();
    const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(sources.length).toBeGreaterThan(2);
    expect(sources.filter((address) => /^(https?:)?\/\//.test(address))).toEqual([]);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  });
});
