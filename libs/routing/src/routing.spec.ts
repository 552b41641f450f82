import { type CatalogueEntry, type EntryKind, type RouteResult } from '@linli/contracts';
import { Refusal } from '@linli/kernel';
import { buildRouter, routeTextLimit } from './index';

function entry(
  id: string,
  name: string,
  words: { aliases?: string[]; keywords?: string[]; summary?: string; phrasings?: string[] },
): CatalogueEntry {
  const kind: EntryKind = id.startsWith('r-') ? 'report' : id.startsWith('s-') ? 'service' : 'item';
  return {
    id,
    kind,
    name,
    department: { id: 'd', name: '区民政局' },
    category: '试验',
    aliases: words.aliases ?? [],
    summary: words.summary ?? '',
    keywords: words.keywords ?? [],
    phrasings: words.phrasings ?? [],
    version: 1,
    versionId: `${id}-1`,
  };
}

const catalogue: readonly CatalogueEntry[] = [
  entry('allowance', '高龄津贴申领', {
    aliases: ['高龄补贴', '长寿钱'],
    keywords: ['80岁'],
    summary: '年满八十周岁的老人按月领一笔钱。',
    phrasings: ['我妈八十一了每个月能领多少', '老人满八十的钱去哪登记'],
  }),
  entry('elder-card', '老年人优待证办理', {
    aliases: ['老年证'],
    keywords: ['优待证', '60岁'],
    summary: '满六十岁的老人领证，逛公园打折。',
    phrasings: ['刚满六十想办老年证', '进公园半价的证在哪领'],
  }),
  entry('care-insurance', '长期护理保险待遇申请', {
    aliases: ['长护险失能等级评估'],
    keywords: ['失能', '护理保险'],
    summary: '长期卧床、不能自理的人申请评估，享受护理待遇。',
    phrasings: ['老爸躺床上半年了，护理险怎么申请'],
  }),
  entry('living-allowance', '最低生活保障申请', {
    aliases: ['低保'],
    keywords: ['低保金'],
    summary: '收入很低的家庭按月领生活费。',
    phrasings: ['家里没收入怎么吃低保', '低保要什么材料'],
  }),
  entry('remote-care', '基本医疗保险异地就医备案', {
    aliases: ['跨省就医直接结算'],
    keywords: ['异地就医', '备案'],
    summary: '去外地看病前登记，住院费当场结算。',
    phrasings: ['带孙子住外地，看病能直接报吗', '去省城住院先要办什么'],
  }),
  entry('work-subsidy', '就业困难人员灵活就业社会保险补贴申领', {
    aliases: ['灵活就业社保补贴'],
    keywords: ['社保补贴'],
    summary: '自己交社保的就业困难人员拿回一部分。',
    phrasings: ['自己交着社保，能退一部分不'],
  }),
  entry('dog', '养犬登记证办理', {
    aliases: ['狗证'],
    keywords: ['犬证'],
    summary: '养狗要登记。',
    phrasings: ['家里养了只小狗，证怎么办'],
  }),
  entry('conscript', '兵役登记与应征报名', {
    aliases: ['征兵报名'],
    keywords: ['参军'],
    summary: '适龄青年报名参军。',
    phrasings: ['想去部队怎么报名'],
  }),
  entry('r-noise', '施工噪声扰民', {
    aliases: ['夜间施工噪声'],
    keywords: ['施工'],
    summary: '工地夜里施工吵人。',
    phrasings: ['工地后半夜还在浇水泥'],
  }),
  entry('r-stray', '流浪犬猫处置', {
    aliases: ['无主犬捕捉'],
    keywords: ['流浪狗'],
    summary: '没有主人的狗和猫。',
    phrasings: ['小区来了好几条野狗'],
  }),
  entry('r-parking', '机动车违法停放', {
    aliases: ['车辆乱停'],
    keywords: ['违停'],
    summary: '车停在人行道和门口。',
    phrasings: ['单元门口老停车，人都过不去'],
  }),
  entry('s-lock', '开锁换锁', {
    aliases: ['配钥匙'],
    keywords: ['开锁'],
    summary: '上门开锁、换锁芯。',
    phrasings: ['钥匙断在锁里了'],
  }),
  entry('s-bath', '助浴服务', {
    aliases: ['上门助浴'],
    keywords: ['助浴'],
    summary: '帮走不动的老人洗澡。',
    phrasings: ['老人自己洗不了澡，有人来帮吗'],
  }),
];

const router = buildRouter(catalogue);

function first(result: RouteResult): string | undefined {
  return result.candidates[0]?.id;
}

describe('what a resident means', () => {
  it.each([
    ['official words', '高龄津贴怎么申领', 'allowance'],
    ['colloquial', '家里揭不开锅了，政府能不能管管', 'living-allowance'],
    ['an age in words', '俺娘今年八十六咧，公家给不给发钱', 'allowance'],
    ['northern', '俺家小狗咋上户口啊，给办证不', 'dog'],
    ['Sichuan', '老汉儿瘫在床上，护理险咋个办嘛', 'care-insurance'],
    ['Cantonese', '唔記得帶鎖匙，開鎖搵邊個', 's-lock'],
    ['Jiangsu and Zhejiang', '侬好，阿拉爷叔要办老年证，到啥地方去', 'elder-card'],
    ['traditional script', '老人家臥床兩年，護理保險如何申請', 'care-insurance'],
    ['pinyin', 'dibao zenme shenqing', 'living-allowance'],
    ['pinyin among characters', '想办gou zheng要带啥', 'dog'],
    ['wrong characters of the same sound', '地保怎么深请', 'living-allowance'],
    ['voice input', '我爸要去省城看病那个一地就医备岸怎么弄', 'remote-care'],
    ['full-width and emoji', '８５岁老人🎂补贴👵怎么领', 'allowance'],
    ['a report', '隔壁工地半夜还在打桩，睡不着', 'r-noise'],
    ['anger with a matter', '他妈的谁的车天天堵单元门口，停车没人管吗', 'r-parking'],
  ])('%s', (_, text, id) => {
    const result = router.route(text);
    expect(first(result)).toBe(id);
    expect(['route', 'clarify']).toContain(result.decision);
  });

  it.each([
    ['what is not asked goes first', '不是问老年证，是问满八十每个月那个钱', 'allowance'],
    ['what is not asked goes last', '想把流浪狗弄走，不是办狗证那个', 'r-stray'],
    ['said twice', '我不是要养狗办证，我是说小区里那几条没主人的狗', 'r-stray'],
  ])('leaves out what it is not about: %s', (_, text, id) => {
    expect(first(router.route(text))).toBe(id);
  });

  it('keeps a denied fact about the asker', () => {
    const result = router.route('我不是本地户口，想问老人去外地看病怎么备案');
    expect(first(result)).toBe('remote-care');
  });

  it('tells two wishes apart, the main one first, each in its own words', () => {
    const result = router.route('老爸满八十了高龄补贴怎么领，另外想找人上门帮他洗澡');
    expect(result.intents?.map((intent) => intent.candidates[0]?.id).sort()).toEqual(['allowance', 's-bath']);
    expect(result.intents?.find((intent) => intent.candidates[0]?.id === 's-bath')?.text).toContain('洗澡');
    expect(result.intents?.[0]?.candidates[0]?.id).toBe(first(result));
  });

  it('does not invent a second wish', () => {
    expect(router.route('老年证丢了，补一张要带什么').intents).toBeUndefined();
  });

  it('asks back when two entries are equally near', () => {
    const twins = buildRouter([
      entry('card-new', '社会保障卡申领', { keywords: ['社保卡'] }),
      entry('card-lost', '社会保障卡挂失', { keywords: ['社保卡'] }),
    ]);
    const result = twins.route('社保卡社保卡社保卡的事情');
    expect(result.decision).toBe('clarify');
    expect(result.candidates).toHaveLength(2);
  });
});

describe('scores and reasons', () => {
  it('scores between 0 and 1, best first', () => {
    const scores = router.route('老人证怎么办', 10).candidates.map((candidate) => candidate.score);
    expect(scores.length).toBeGreaterThan(0);
    expect([...scores].sort((one, other) => other - one)).toEqual(scores);
    for (const score of scores) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThanOrEqual(1);
    }
  });

  it('quotes the resident and names the official word', () => {
    const [best] = router.route('我爸瘫在床上，全靠我妈伺候，能申请啥').candidates;
    expect(best?.id).toBe('care-insurance');
    expect(best?.reasons[0]).toMatch(/^「瘫在床上」.*→ .*(护理|失能)/);
  });

  it('quotes the script and the letters that were written', () => {
    expect(router.route('狗證怎麼辦').candidates[0]?.reasons.join()).toContain('「狗證」');
    expect(router.route('dibao shenqing').candidates[0]?.reasons.join()).toContain('「dibao');
  });

  it('gives three candidates unless told, ten at most', () => {
    const many = buildRouter(
      Array.from({ length: 20 }, (_, at) =>
        entry(`many-${at}`, `老年证第${'一二三四五六七八九十'.charAt(at % 10)}种`, {}),
      ),
    );
    expect(many.route('我要办老年证').candidates).toHaveLength(3);
    expect(many.route('我要办老年证', 1).candidates).toHaveLength(1);
    expect(many.route('我要办老年证', 500).candidates).toHaveLength(10);
    expect(many.route('我要办老年证', 0).candidates).toHaveLength(1);
  });
});

describe('what is no matter of the catalogue', () => {
  it('answers an emergency with a number and advice, before anything else', () => {
    const result = router.route('着火了！工地那边，快来人');
    expect(result).toMatchObject({ decision: 'emergency', candidates: [], emergency: { call: '119' } });
    expect(result.emergency?.advice).toMatch(/。$/);
  });

  it('hands over to a person', () => {
    expect(router.route('转人工')).toEqual({ decision: 'human', candidates: [] });
    expect(router.route('zhao rengong').decision).toBe('human');
  });

  it.each(['你好', '今天天气咋样', '🎉🎉', '？？？', '100', '护照过期了去哪换', '我住苏州，那边的低保怎么申请'])(
    'none: %s',
    (text) => {
      expect(router.route(text)).toEqual({ decision: 'none', candidates: [] });
    },
  );

  it('knows its own city', () => {
    const own = buildRouter([entry('home', '低保申请', { aliases: ['低保'], summary: '苏州居民可以申请低保。' })]);
    expect(own.route('我住苏州，低保怎么申请').decision).not.toBe('none');
  });
});

describe('limits', () => {
  it.each(['', '   ', '\n\t'])('refuses an empty text (%j)', (text) => {
    expect(() => router.route(text)).toThrow(new Refusal('route.textEmpty'));
  });

  it('takes a text of the full length and refuses one character more', () => {
    const filler = Array.from({ length: routeTextLimit }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');
    expect(() => router.route(filler)).not.toThrow();
    expect(() => router.route(`${filler}了`)).toThrow(new Refusal('route.textTooLong'));
  });

  it('counts characters, not halves of them', () => {
    expect(() => router.route('😀'.repeat(routeTextLimit))).not.toThrow();
  });

  it('finds the matter in a very long story', () => {
    const story = Array.from({ length: 900 }, (_, at) => String.fromCodePoint(0x5000 + at)).join('');
    expect(first(router.route(`${story}。高龄津贴怎么申领，高龄补贴八十岁老人长寿钱。`))).toBe('allowance');
  });

  it('stands an empty catalogue', () => {
    expect(buildRouter([]).route('老年证怎么办')).toEqual({ decision: 'none', candidates: [] });
  });

  it('answers the same every time, whatever was asked or built before', () => {
    const texts = ['老年证怎么办', 'gou zheng', '地保怎么深请', '我住苏州', '着火了'];
    const before = texts.map((text) => router.route(text));
    buildRouter([entry('other', '狗证低保', { aliases: ['地保', '够正'] })]).route('地保');
    expect(texts.map((text) => router.route(text))).toEqual(before);
    expect(texts.map((text) => buildRouter(catalogue).route(text))).toEqual(before);
  });
});
