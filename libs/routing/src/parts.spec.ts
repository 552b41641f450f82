import { agesIn } from './ages';
import { asideIn, isConfirmed } from './aside';
import { clausesOf, withoutDenied } from './clauses';
import { confidenceOf, isOutside } from './confidence';
import { buildFeatureFinder } from './feature-finder';
import { createFeatureTable, type CountedFeatures } from './feature-table';
import { featuresOf } from './features';
import { buildHomophoneReader } from './homophone-reader';
import { writtenSayings } from './lexicon/lexicon';
import { sayingsOf } from './lexicon/saying';
import { speechWords } from './lexicon/speech';
import { judge } from './linear-model';
import { learn } from './linear-training';
import { normalise, quote, reword } from './normalise';
import { buildPairTable } from './pair-table';
import { buildPhraseFinder } from './phrase-finder';
import { buildPinyinReader } from './pinyin-reader';
import { bestOf, topTwo } from './ranking';
import { addScores, buildPostings, mergePostings } from './search-index';
import { allAtOnce } from './steps';
import { inStandardSpeech } from './speech';
import { foldSound, soundsOf, spell } from './syllables';

const segment = (text: string): string[] => Array.from(text);

describe('normalise', () => {
  it.each([
    ['８５歲　ＡＢｃ', '85岁 abc'],
    ['著火了，[捂脸]快來人😱', '着火了, 快来人'],
    ['里\u200b面  \n 面', '里 面 面'],
    ['序列号', '序列号'],
  ])('%j becomes %j', (text, plain) => {
    expect(normalise(text).text).toBe(plain);
    expect(normalise(text).source).toHaveLength(plain.length);
  });

  it('quotes what was written', () => {
    const reading = inStandardSpeech(normalise('冇錢睇病'));
    expect(reading.text).toBe('没有钱看病');
    expect(quote(reading, 0, 3)).toBe('冇錢');
    expect(quote(reading, 1, 2)).toBe('冇');
  });

  it('rewords stretches in order', () => {
    const reading = reword(normalise('甲乙丙丁'), [
      { start: 0, end: 1, words: '子丑' },
      { start: 2, end: 4, words: '寅' },
    ]);
    expect(reading).toEqual({ text: '子丑乙寅', source: ['甲', '', '乙', '丙丁'] });
  });
});

describe('sounds', () => {
  it.each([
    ['shenqing', ['shen', 'qing']],
    ['xian', ['xian']],
    ['wifi', null],
    ['ktv', null],
  ])('spells %s', (letters, syllables) => {
    expect(spell(letters)).toEqual(syllables);
  });

  it('knows second readings and folds southern sounds', () => {
    expect(soundsOf('银行', ' ')).toEqual(['yin xing', 'yin hang']);
    expect(foldSound('sheng qing')).toBe('sen qin');
  });

  it('reads pinyin by the likeliest words and leaves other letters alone', () => {
    const read = buildPinyinReader(
      new Map([
        ['申请', 9],
        ['神情', 1],
        ['噪音', 5],
        ['低保', 5],
      ]),
    );
    expect(read(normalise('dibao怎么shen qing')).text).toBe('低保怎么申请');
    expect(read(normalise('ktv zaoyin')).text).toBe('ktv 噪音');
    expect(read(normalise('wifi')).text).toBe('wifi');
  });

  it('puts right only what stands alone between words', () => {
    const read = buildHomophoneReader(new Set(['申请', '报销', '讲座']), new Map([['将来', 9]]), segment);
    expect(read(normalise('深请报消')).text).toBe('申请报销');
    expect(read(normalise('神情')).text).toBe('神情');
    const whole = buildHomophoneReader(new Set(['申请']), new Map(), () => ['深请']);
    expect(whole(normalise('深请')).text).toBe('深请');
  });
});

describe('clauses', () => {
  it.each([
    ['不是问养老金，是问低保', '是问低保'],
    ['想办狗证，不是老年证那个', '想办狗证'],
    ['不是本地户口，是租房的', '不是本地户口,是租房的'],
    ['是不是要备案', '是不是要备案'],
  ])('%s', (text, wanted) => {
    expect(withoutDenied(normalise(text)).text).toBe(wanted);
  });

  it('cuts at marks, blanks and joining words', () => {
    const text = '办老年证,还有公交卡 在哪办';
    expect(clausesOf(text).map((span) => text.slice(...span))).toEqual(['办老年证', '公交卡', '在哪办']);
  });
});

describe('phrase finder', () => {
  const find = buildPhraseFinder(sayingsOf({ 丙: '甲*乙 丁' }));

  it.each([
    ['甲隔着几个字乙', 1],
    ['乙在前甲在后', 0],
    ['甲。乙', 0],
    [`甲${'远'.repeat(13)}乙`, 0],
    ['丁丁', 1],
  ])('%s', (text, count) => {
    expect(find(text)).toHaveLength(count);
  });
});

describe('pair table', () => {
  it('finds every pair, and no other', () => {
    const all = Array.from({ length: 300 }, (_, at): [number, number, number] => [0x4e00 + (at % 20), 0xfff0 - at, at]);
    const table = buildPairTable(all);
    for (const [first, second, number] of all) expect(table.get(first, second)).toBe(number);
    expect(table.get(0xfff0, 0x4e00)).toBe(-1);
    expect(table.get(0, 0)).toBe(-1);
  });
});

describe('features and search', () => {
  it('tells spans of life apart', () => {
    expect(agesIn('八十三岁')).toEqual(agesIn('今年85周岁'));
    expect(agesIn('八十三岁')).not.toEqual(agesIn('六十六岁'));
    expect(agesIn('等了三十分钟')).toEqual([]);
  });

  it('knows a text by its sound as well', () => {
    const [meant, written] = ['申请', '深请'].map((text) => featuresOf(text, segment));
    expect(Array.from(meant?.keys() ?? []).filter((feature) => feature.startsWith('~'))).toEqual(['~sen qin']);
    expect(written?.has('~sen qin')).toBe(true);
  });

  it('is found by number as it would be by name', () => {
    const table = createFeatureTable();
    const texts = ['老人证 办理', 'ktv 吵到三更半夜', '八十三岁老人，申请 A4 证', '狗证狗证', '㐀'];
    for (const text of texts) table.count(featuresOf(text, segment, ['低保', '狗证']));
    const find = buildFeatureFinder(table.names, segment);
    const sorted = ({ ids, times }: CountedFeatures): number[][] =>
      Array.from(ids, (id, at) => [id, times[at] ?? 0]).sort(([one = 0], [other = 0]) => one - other);
    const sayings = ['狗证', '无'].map((means) => ({ saying: { parts: [], means }, spans: [] }));
    for (const text of [...texts, '全新的词 ktv', '', 'A', '老 人证𠮷']) {
      expect(sorted(find(text, sayings))).toEqual(sorted(table.find(featuresOf(text, segment, ['狗证', '无']))));
    }
  });

  it('prefers the rare feature to the common one', () => {
    const table = createFeatureTable();
    const texts = ['老人证办理', '老人卡办理', '狗证办理'].map((text, owner) => ({
      owner,
      features: table.count(featuresOf(text, segment)),
    }));
    const index = buildPostings(texts, { owners: 3, features: table.names, lengthShare: 0.4 });
    const search = (text: string): Float64Array => {
      const scores = new Float64Array(3);
      addScores(scores, table.find(featuresOf(text, segment)).ids, index);
      return scores;
    };
    expect(topTwo(search('狗办理')).owner).toBe(2);
    const twice = mergePostings(
      [
        [index, 1],
        [index, 1],
      ],
      3,
    );
    expect(Array.from(twice.weights)).toEqual(Array.from(index.weights, (weight) => 2 * weight));
    expect(Array.from(search('完全无关'))).toEqual([0, 0, 0]);
  });

  it('learns to tell apart what lessons tell apart, the same every time', () => {
    const table = createFeatureTable();
    const lessons = ['狗证丢了', '狗要登记', '灯不亮', '灯坏了'].map((text, at) => ({
      answer: at < 2 ? 0 : 1,
      features: table.count(featuresOf(text, segment)),
      weight: 1,
    }));
    const model = allAtOnce(learn(lessons, 2, table.names));
    const judged = judge(model, table.find(featuresOf('楼下的灯', segment)), new Float64Array(2));
    expect(judged[1]).toBeGreaterThan(judged[0] ?? Infinity);
    expect(allAtOnce(learn(lessons, 2, table.names))).toEqual(model);
    const unknown = judge(model, table.find(featuresOf('全新', segment)), new Float64Array(2));
    expect(Array.from(unknown)).toEqual(Array.from(model.leaning));
  });

  it('ranks by score, then by place', () => {
    expect(bestOf(Float64Array.of(1, 3, 0, 3), 3, 0)).toEqual([1, 3, 0]);
  });
});

describe('confidence', () => {
  it('grows with the lead', () => {
    const sure = confidenceOf({ best: 8, second: 5 });
    expect(confidenceOf({ best: 9, second: 5 })).toBeGreaterThan(sure);
    expect(confidenceOf({ best: 8, second: 6 })).toBeLessThan(sure);
  });

  it.each([
    ['what the catalogue accounts for', { best: 20, found: 12, outside: 2, length: 12 }, false],
    ['what looks like small talk', { best: 3, found: 0.2, outside: 8, length: 12 }, true],
    ['a short name of a matter', { best: 10, found: 4, outside: 2, length: 9, voiced: () => false }, false],
    ['a long report of the same matter', { best: 10, found: 4, outside: 2, length: 60, voiced: () => false }, true],
    ['a long story of the same matter', { best: 10, found: 4, outside: 2, length: 60 }, false],
    ['an unlearned catalogue and nothing found', { best: 1, found: 1, outside: undefined, length: 12 }, true],
    ['an unlearned catalogue and much found', { best: 9, found: 9, outside: undefined, length: 12 }, false],
  ])('%s', (_, standing, outside) => {
    expect(isOutside({ voiced: () => true, ...standing, second: 0, offTopic: () => false })).toBe(outside);
  });

  it('hears a danger that no rule spells out, but not one that is over', () => {
    const known = { beside: { outside: -2, human: -3, 110: -4, 119: 6, 120: 1, 122: -4 }, best: 4, danger: -2 };
    const heard = { decision: 'emergency', emergency: { call: '119' } };
    expect(asideIn({ ...known, text: '底下压着人' })).toMatchObject(heard);
    expect(asideIn({ ...known, text: '去年底下压着人，怎么申请救助' })).toBeUndefined();
    expect(asideIn({ ...known, text: '底下压着人', danger: -6 })).toBeUndefined();
    const wanting = { ...known.beside, 119: -4, human: 5 };
    expect(asideIn({ ...known, text: '换个会说话的', beside: wanting, danger: -9 })).toEqual({ decision: 'human' });
  });

  it('takes back what only a rule heard when the text is like no danger', () => {
    const known = { beside: { outside: 6, human: -3, 110: -4, 119: 0, 120: 1, 122: -4 }, best: 9, text: '着火的故事' };
    expect(isConfirmed({ ...known, danger: -6 })).toBe(false);
    expect(isConfirmed({ ...known, danger: 3 })).toBe(true);
  });
});

describe('the lexicon as data', () => {
  const keys = writtenSayings.map(({ parts, means }) => `${parts.join('*')} = ${means}`);

  it('is rich', () => {
    expect(writtenSayings.length).toBeGreaterThan(5000);
  });

  it('says nothing twice and nothing empty', () => {
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    expect(writtenSayings.filter(({ parts }) => parts.some((part) => part === ''))).toEqual([]);
    expect(writtenSayings.filter(({ parts }) => parts.join('').length < 2)).toEqual([]);
  });

  it('gives each dialect word one meaning', () => {
    const words = sayingsOf(speechWords).map(({ parts }) => parts.join(''));
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });
});
