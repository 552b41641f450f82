import { ask } from '../support/front-door';
import { openProduct, type Product } from '../support/product';
import { newResident } from '../support/residents';

/** More than the process has connections to PostgreSQL. */
const atOnce = 30;

describe('many cases dispatched at once', () => {
  let product: Product;
  beforeAll(async () => (product = await openProduct(['api'])), 60_000);
  afterAll(() => product.close(), 30_000);

  it('are never refused because each waits for a connection that another holds', async () => {
    const resident = await newResident(product);
    const dispatcher = await product.officer('dispatcher.guihua');
    const post = async (
      path: string,
      by: { authorization: string },
      body: object,
    ): Promise<Record<string, unknown>> => {
      const answer = await ask(product.url, 'POST', `/api/v1/${path}`, by, body);
      return { ...answer.body, status: answer.status };
    };
    const applied = await Promise.all(
      [...Array(atOnce).keys()].map((n) =>
        post('cases', resident.headers, {
          itemId: 'elder-allowance',
          applicant: { name: '王秀英', phone: `139${10_000_000 + n}` },
          subdistrictId: 'guihua',
        }),
      ),
    );
    const began = Date.now();
    const given = await Promise.all(
      applied.map(({ number }) =>
        post(`staff/cases/${String(number)}/dispatches`, dispatcher, { departmentId: 'social-affairs' }),
      ),
    );
    expect(given.map(({ status }) => status)).toEqual(applied.map(() => 201));
    expect(Date.now() - began).toBeLessThan(9_000);
  }, 60_000);
});
