import { type CatalogueEntry } from '@linli/contracts';
import * as fc from 'fast-check';
import { buildRouter, routeTextLimit } from './index';

function entry(id: string, name: string, phrasings: readonly string[]): CatalogueEntry {
  return {
    id,
    kind: 'item',
    name,
    department: { id: 'street', name: '街道' },
    category: '事项',
    aliases: [],
    summary: name,
    keywords: [],
    phrasings,
    version: 1,
    versionId: id,
  };
}

const router = buildRouter([
  entry('dog', '养犬登记证办理', ['狗证怎么办', '我家小狗要上户口', '遛狗要带什么证']),
  entry('living', '最低生活保障申请', ['吃低保要什么条件', '家里揭不开锅', '没有收入怎么办']),
  entry('lamp', '路灯不亮与损坏', ['路灯坏了', '巷子里黑漆漆', '灯不亮好几天']),
]);

const known = ['狗证', '低保', '路灯', '着火', '怎么办', 'di bao', '，', '。', ' ', '不是问', '還有', '在哪'];
const odd = [
  '\ud800',
  '\udfff',
  '\u0000',
  '\u202e',
  '\u200f',
  '\ufeff',
  '👨‍👩‍👧‍👦',
  '<script>alert(1)</script>',
  "' OR 1=1; --",
  '{{7*7}}',
  '${process.env}',
  '%s%n',
  '../../etc/passwd',
  'مرحبا',
  '𠮷',
  'ﷺ',
  '㍿',
  'ａｂｃ',
];
const anything = fc
  .array(fc.oneof(fc.constantFrom(...known, ...odd), fc.string({ unit: 'binary', maxLength: 12 })), {
    minLength: 1,
    maxLength: 200,
  })
  .map((parts) => Array.from(parts.join('')).slice(0, routeTextLimit).join(''))
  .filter((text) => text.trim() !== '');
/** A whole second: the machine may be busy; a pattern that backtracks without end takes far longer. */
const patience = 1000;

describe('whatever is written', () => {
  it('is answered, in time, with scores between 0 and 1, the same every time', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const started = performance.now();
        const result = router.route(text);
        expect(performance.now() - started).toBeLessThan(patience);
        for (const { score } of result.candidates) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        expect(router.route(text)).toEqual(result);
      }),
      { numRuns: 300, seed: 20260 },
    );
  });

  it('is answered the same whatever was asked before', () => {
    fc.assert(
      fc.property(anything, anything, (text, other) => {
        const alone = router.route(text);
        router.route(other);
        expect(router.route(text)).toEqual(alone);
      }),
      { numRuns: 300, seed: 20262 },
    );
  });

  it('is quoted in reasons only as words, never as markup', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const reasons = router.route(`狗证${text}`).candidates.flatMap((candidate) => candidate.reasons);
        expect(reasons.filter((reason) => /[<>&"'`{}]/.test(reason))).toEqual([]);
      }),
      { numRuns: 300, seed: 20261 },
    );
  });

  it.each(odd)('%j alone asks for nothing', (text) => {
    expect(['none', 'clarify']).toContain(router.route(`x${text}`).decision);
  });

  it('is answered in time when it is long and repeats itself', () => {
    for (const piece of ['狗证', '在着火', 'a', '我', '。', '不是问', 'shi', '（', '怎么办，']) {
      const text = piece.repeat(Math.floor(routeTextLimit / piece.length));
      const started = performance.now();
      router.route(text);
      expect(performance.now() - started).toBeLessThan(patience);
    }
  });
});
