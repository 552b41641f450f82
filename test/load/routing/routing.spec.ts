import { readLabelled } from '../../../libs/journeys/src/labelled-file';
import { scoreOf } from '../../../libs/journeys/src/route-scoring';
import { demoDocuments } from './catalogue';
import type { Document } from './document';
import { foundOf } from './engine';
import { generated } from './generated';
import { bm25 } from './peers/bm25';
import { heldAgainst } from './threshold';

const document = (id: string, name: string, phrasings: readonly string[] = []): Document => ({
  id,
  kind: 'item',
  name,
  department: '街道',
  category: '类',
  aliases: [],
  keywords: [],
  summary: name,
  phrasings,
});

const { texts } = readLabelled(
  ['{"text":"一","gold":["a"]}', '{"text":"二","gold":["b"]}', '{"text":"三","gold":"none"}'].join('\n'),
);

describe('the threshold of a peer', () => {
  it('is the one with which most texts come out right', () => {
    const found = [
      foundOf([{ id: 'a', score: 9 }]),
      foundOf([{ id: 'b', score: 5 }]),
      foundOf([{ id: 'a', score: 3 }]),
    ];
    const { threshold, judged } = heldAgainst(texts, found);
    expect(threshold).toBe(5);
    expect(scoreOf(judged).right).toBe(1);
  });

  it('leaves the list as it was found, so that top-1 does not depend on it', () => {
    const found = [
      foundOf([{ id: 'a', score: 1 }]),
      foundOf([{ id: 'b', score: 1 }]),
      foundOf([{ id: 'a', score: 7 }]),
    ];
    expect(scoreOf(heldAgainst(texts, found).judged).first).toBe(1);
  });

  it('is not given to an engine that decides by itself', () => {
    const found = [
      { ranked: ['a'], score: null, decision: 'route' as const },
      { ranked: [], score: null, decision: 'none' as const },
      { ranked: [], score: null, decision: 'none' as const },
    ];
    const { threshold, judged } = heldAgainst(texts, found);
    expect(threshold).toBeNull();
    expect(scoreOf(judged).right).toBeCloseTo(2 / 3);
  });
});

describe('BM25', () => {
  it('finds the entry whose characters are rare and there', async () => {
    const documents = [document('a', '老年证办理'), document('b', '居住证办理'), document('c', '路灯不亮')];
    const { ask } = await bm25(1)(documents, { databaseUrl: null });
    expect((await ask('老年人的证')).ranked[0]).toBe('a');
    expect((await ask('路灯')).ranked).toEqual(['c']);
    expect((await ask('xyz')).ranked).toEqual([]);
  });
});

describe('a generated catalogue', () => {
  const demo = demoDocuments();
  const made = generated(3000, demo, '/nowhere');

  it('has as many entries as asked for, each once, the same every time', () => {
    expect(made).toHaveLength(3000);
    expect(new Set(made.map(({ id }) => id)).size).toBe(3000);
    expect(new Set(made.map(({ name }) => name)).size).toBe(3000);
    expect(generated(3000, demo, '/nowhere')).toEqual(made);
  });

  it('reaches twenty thousand without any input', () =>
    expect(generated(19_793, demo, '/nowhere')).toHaveLength(19_793));

  it('leaves out what an entry there is means already', () => {
    const known = [document('x', '典当经营许可新办')];
    expect(generated(3000, known, '/nowhere').some(({ name }) => name.startsWith('典当经营许可'))).toBe(false);
  });
});
