import type { RouteCandidate } from '@linli/contracts';
import { readLabelled } from './labelled-file';
import { answerOf, judge, scoreOf, type GivenAnswer, type LabelledText } from './route-scoring';

const label = (gold: LabelledText['gold'], more: Partial<LabelledText> = {}): LabelledText => ({
  text: '一句话',
  gold,
  also: [],
  wantsAll: false,
  style: 'plain',
  ...more,
});
const routed = (...ranked: string[]): GivenAnswer => ({ decision: 'route', ranked });
const decided = (decision: GivenAnswer['decision']): GivenAnswer => ({ decision, ranked: [] });
const candidate = (id: string): RouteCandidate => ({ id, kind: 'item', name: id, score: 1, reasons: [] });

describe('judging an answer', () => {
  it.each<[string, LabelledText, GivenAnswer, boolean | null, number | null, boolean]>([
    ['the first is right', label(['a']), routed('a', 'b'), true, 1, true],
    ['the third is right', label(['a']), routed('b', 'c', 'a'), false, 1, false],
    ['the fourth counts no more', label(['a']), routed('b', 'c', 'd', 'a'), false, 0, false],
    ['any of several', label(['a', 'b']), routed('b'), true, 1, true],
    ['another that is right too', label(['a'], { also: ['x'] }), routed('x'), true, 1, true],
    ['all are wanted, half found', label(['a', 'b'], { wantsAll: true }), routed('a', 'c'), true, 0.5, true],
    [
      'all are wanted, also does not fill in',
      label(['a', 'b'], { wantsAll: true, also: ['x'] }),
      routed('x'),
      true,
      0,
      true,
    ],
    ['a decision that is right too', label(['a'], { also: ['none'] }), decided('none'), false, 0, true],
    ['nothing found', label(['a']), decided('none'), false, 0, false],
    ['nothing is meant', label('none'), decided('none'), null, null, true],
    ['nothing is meant, routed all the same', label('none'), routed('a'), null, null, false],
    ['an emergency with its report', label('emergency', { also: ['r'] }), routed('r'), null, null, true],
    ['an emergency missed', label('emergency'), decided('none'), null, null, false],
  ])('%s', (_, labelled, given, first, amongThree, right) =>
    expect(judge(labelled, given)).toMatchObject({ first, amongThree, right }),
  );
});

describe('the answer of a result', () => {
  it('is the first of each wish, then the rest, each once', () => {
    const candidates = ['a', 'b', 'c'].map(candidate);
    const intents = [
      { text: '一', candidates: [candidate('c'), candidate('a')] },
      { text: '二', candidates: [candidate('d')] },
    ];
    expect(answerOf({ decision: 'clarify', candidates, intents })).toEqual(routed('c', 'd', 'a', 'b'));
  });

  it('names no entry where none is meant', () =>
    expect(answerOf({ decision: 'human', candidates: [candidate('a')] })).toEqual(decided('human')));
});

describe('the score of a file', () => {
  it('reckons shares, recognitions and styles', () => {
    const score = scoreOf([
      judge(label(['a'], { style: 'dialect' }), routed('a')),
      judge(label(['a']), routed('b', 'a')),
      judge(label('none'), decided('none')),
      judge(label('none'), routed('a')),
      judge(label(['b']), decided('none')),
      judge(label('emergency'), decided('emergency')),
    ]);
    expect(score).toMatchObject({ texts: 6, routable: 3, first: 1 / 3, amongThree: 2 / 3, right: 0.5 });
    expect(score.rightWithoutRules).toBeCloseTo(2 / 5);
    expect(score.none).toEqual({ labelled: 2, precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(score.emergency).toEqual({ labelled: 1, precision: 1, recall: 1, f1: 1 });
    expect(score.human).toEqual({ labelled: 0, precision: null, recall: null, f1: null });
    expect(score.byStyle.map(({ style, texts }) => [style, texts])).toEqual([
      ['plain', 5],
      ['dialect', 1],
    ]);
  });

  it('is empty for an empty file', () => expect(scoreOf([])).toMatchObject({ texts: 0, first: null, right: null }));
});

describe('a labelled file', () => {
  it('is read line by line', () => {
    const { texts, problems } = readLabelled(
      '\uFEFF{"text":"办证","gold":["a","b"],"mode":"all","also":["none"],"style":"typo"}\r\n\n{"text":"你好","gold":"none"}\n',
    );
    expect(problems).toEqual([]);
    expect(texts).toEqual([
      label(['a', 'b'], { text: '办证', wantsAll: true, also: ['none'], style: 'typo' }),
      label('none', { text: '你好' }),
    ]);
  });

  it.each([
    ['no', 'is no JSON object'],
    ['[]', 'is no JSON object'],
    ['{"gold":"none"}', 'has no text'],
    ['{"text":"a","gold":"nonsense"}', 'has no gold'],
    ['{"text":"a","gold":[]}', 'has no gold'],
    ['{"text":"a","gold":"none","also":"b"}', 'has an also'],
    ['{"text":"a","gold":"none","mode":"some"}', 'has a mode'],
    ['{"text":"a","gold":"none","style":1}', 'has a style'],
  ])('names what is wrong with %s', (line, problem) =>
    expect(readLabelled(`{"text":"a","gold":"none"}\n${line}`)).toMatchObject({
      texts: [{}],
      problems: [expect.stringContaining(`line 2 ${problem}`)],
    }),
  );
});
