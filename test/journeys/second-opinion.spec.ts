import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask } from '../support/front-door';
import { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';

interface Request {
  readonly words: string;
  readonly candidates: readonly { readonly id: string; readonly name: string }[];
}

const vague = ['医保', '补贴', '老人', '证明', '孩子', '社保', '房子', '低保', '噪音', '残疾', '户口'];

describe('a language model next door', () => {
  let product: Product;
  let server: Server;
  let answer: (request: Request) => object;
  const heard: Request[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { messages } = JSON.parse(body) as { messages: { content: string }[] };
        const asked = JSON.parse(messages[1]!.content) as Request;
        heard.push(asked);
        response.end(JSON.stringify({ choices: [{ message: { content: JSON.stringify(answer(asked)) } }] }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    product = await openProduct(['api', 'worker'], {
      LLM_BASE_URL: `http://127.0.0.1:${port}/v1`,
      LLM_MODEL: 'next-door',
    });
  }, 90_000);
  afterAll(async () => {
    await product.close();
    server.closeAllConnections();
    server.close();
  }, 30_000);
  beforeEach(() => (heard.length = 0));

  const route = async (text: string): Promise<{ decision: string; candidates: { id: string }[]; question?: string }> =>
    (await ask(product.url, 'POST', '/api/v1/route', {}, { text, limit: 5 })).body as never;

  /** A text the engine is unsure of, and its own order. */
  const unclear = async (): Promise<{ text: string; own: string[] }> => {
    answer = () => ({ order: ['nobody'] });
    for (const text of vague) {
      const { decision, candidates } = await route(text);
      if (decision === 'clarify' && candidates.length > 1) {
        answer = ({ candidates: given }) => ({ order: [given.at(-1)!.id], question: '您是想问这几件事里的哪一件？' });
        await route(text);
        return { text, own: candidates.map(({ id }) => id) };
      }
    }
    throw new Error('the engine is sure of everything');
  };

  it('chooses among what the engine found, over HTTP and in chat, and is marked', async () => {
    const { text, own } = await unclear();
    const advised = await route(text);
    expect(advised.candidates.map(({ id }) => id)).toEqual([own.at(-1), ...own.slice(0, -1)]);
    expect(advised.question).toContain('人工智能辅助生成');

    const phone = await Phone.create(product.url);
    await phone.follow();
    const said = await phone.say(text);
    const last = heard.at(-1)!;
    expect(last.words).toBe(text);
    expect(said).toContain('您是想问这几件事里的哪一件？\n（以上由人工智能辅助生成，仅供参考）');
    const names = [...said.matchAll(/^\s*\d[.、]\s*(.+)$/gm)].map(([, name = '']) => name.replace(/（您说的.*/, ''));
    expect(names[0]).toBe(last.candidates.at(-1)!.name);
    expect(names).toEqual(expect.arrayContaining([last.candidates[0]!.name]));
  }, 60_000);

  it('is not asked when the engine is sure', async () => {
    expect((await route('我要领高龄津贴')).decision).toBe('route');
    expect((await route('三楼着火了')).decision).toBe('emergency');
    expect(heard).toEqual([]);
  });
});
