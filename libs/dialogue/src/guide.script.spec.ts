import type { CatalogueEntry } from '@linli/contracts';
import { hearOnce, play } from './play';
import { allowance, sampleWorld } from './samples';
import type { World } from './world';

/** Up to the summary of an application for the allowance. */
const toSummary = [
  '高龄津贴怎么领',
  '3',
  '桂花街道',
  '王秀兰',
  '110105193803050025',
  '13912345678',
  '桂花路18号2单元301室',
  '是',
  '跳过',
  '1',
  '1990年3月5日',
  '3',
];

describe('the guide changes while somebody fills it in', () => {
  const guideOf = (change: (guide: NonNullable<CatalogueEntry['guide']>) => CatalogueEntry['guide']): World => {
    const guide = allowance.guide && change(allowance.guide);
    const entry = { ...allowance, versionId: 'elder-allowance-v2', ...(guide ? { guide } : {}) };
    return sampleWorld({ entry: (id) => (id === allowance.id ? entry : undefined) });
  };
  const from = play(toSummary).conversation;

  it('answers that still hold are sent', () => {
    const heard = hearOnce(
      from,
      '提交',
      guideOf((guide) => ({ ...guide, fee: '收工本费10元' })),
    );
    expect(heard.asked?.kind).toBe('openCase');
    expect(heard.replies[0]).toBe('这件事的办事指南刚更新过，您前面填的我已经重新核对。');
  });

  it('answers that do not hold any more are asked again', () => {
    const pay = {
      id: 'pay',
      label: '发放方式',
      ask: '钱怎么领？',
      type: 'choice' as const,
      required: true,
      choices: ['到窗口领', '打到社保卡'],
    };
    const world = guideOf((guide) => ({
      ...guide,
      form: guide.form.map((field) => (field.id === 'pay' ? pay : field)),
    }));
    const heard = hearOnce(from, '提交', world);
    expect(heard.asked).toBeNull();
    expect(heard.replies).toEqual([expect.stringContaining('重新核对。\n（第8题，共10题）钱怎么领？\n1. 到窗口领')]);
    expect(hearOnce(heard.conversation, '1', world).replies[0]).toContain('发放方式：到窗口领');
  });

  it.each<[string, World]>([
    ['taken offline', guideOf((guide) => ({ ...guide, online: false }))],
    ['withdrawn', sampleWorld({ entry: () => undefined })],
  ])('%s: the form ends with a way on', (_what, world) => {
    const heard = hearOnce(from, '提交', world);
    expect(heard.asked).toBeNull();
    expect(heard.conversation.mode.kind).toBe('idle');
    expect(heard.replies[0]).toMatch(/没有提交.*人工.*0990-5550000/s);
  });
});

describe('where the resident lives', () => {
  it.each<[string, Partial<World>, string]>([
    ['is asked when it is not known', {}, '（第1题，共10题）您住在哪个街道？'],
    ['is not asked when it is known', { knownSubdistrictId: 's2' }, '（第1题，共9题）申请人叫什么名字？'],
    [
      'is not asked when there is only one',
      { subdistricts: [{ id: 's1', name: '桂花街道' }] },
      '（第1题，共9题）申请人叫什么名字？',
    ],
    ['is asked when what was known is gone', { knownSubdistrictId: 's9' }, '（第1题，共10题）您住在哪个街道？'],
  ])('%s', (_what, change, question) => {
    expect(play(['高龄津贴', '3'], { world: sampleWorld(change) }).script).toContain(question);
  });

  it('is asked once for all', () => {
    const { script } = play([...toSummary, '提交', '老年证怎么办', '3']);
    expect(script.slice(script.lastIndexOf('居民：3'))).toContain('（第1题，共2题）申请人叫什么名字？');
  });
});

describe('items that cannot be applied for here, and services', () => {
  it('say where, when, by which phone, and promise nothing', () => {
    expect(play(['身份证在哪办', '3', '低保', '社区食堂有没有', '谢谢']).script).toMatchInlineSnapshot(`
     "居民：身份证在哪办
     邻里：「居民身份证办理」
     谁能办：本区户籍、年满80周岁的老人
     多久办好：受理以后7个工作日内
     收费：不收费
     在哪办：派出所户籍窗口
     几点上班：周一至周五 9:00—17:00
     咨询电话：0990-5550302
     您想看哪一样？
     1. 要带的材料
     2. 办理步骤
     3. 去哪里办、几点上班、电话
     4. 条件、依据和投诉电话
     回复数字就行。
     居民：3
     邻里：「居民身份证办理」去哪里办
     地点：派出所户籍窗口
     时间：周一至周五 9:00—17:00
     咨询电话：0990-5550302
     收费：不收费
     还想看什么？
     1. 要带的材料
     2. 办理步骤
     3. 去哪里办、几点上班、电话
     4. 条件、依据和投诉电话
     回复数字就行。
     居民：低保
     邻里：「最低生活保障申请」
     最低生活保障申请的简要说明。
     这件事由区民政局负责，现在还不能在微信上申请。去之前请先打电话 0990-5550000，问清楚去哪个窗口、要带什么，免得白跑。
     要人帮忙吗？
     1. 找工作人员
     回复数字就行。
     居民：社区食堂有没有
     邻里：「老年助餐（长者食堂）」
     老年助餐（长者食堂）的简要说明。
     想用这项服务，发一下您的位置，我告诉您离得最近的地方；也可以打电话 0990-5550000，问清楚怎么约、要不要收费。
     要人帮忙吗？
     1. 找工作人员
     回复数字就行。
     居民：谢谢
     邻里：不客气。还有什么事，随时跟我说。"
    `);
  });
});
