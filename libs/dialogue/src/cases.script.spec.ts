import type { CaseOutcome, CaseState, Intent, Outcome } from '@linli/contracts';
import { localDate } from '@linli/kernel';
import { standing } from './case-words';
import { caseLine } from './cases';
import { performed, play } from './play';
import { sampleCase } from './samples';

const cases = [
  sampleCase({ number: '2600000019', title: '高龄津贴申领' }),
  sampleCase({
    number: '2600000027',
    title: '老年人优待证办理',
    state: 'awaitingCorrection',
    missing: ['近期一寸照片', '居住证明'],
    answerBy: '2026-03-20',
  }),
  sampleCase({
    number: '2600000035',
    kind: 'report',
    title: '路灯不亮与损坏',
    state: 'closed',
    outcome: 'resolved',
    publicReply: '3月8日已经换上新灯。',
  }),
];
const perform = (intent: Intent): Outcome => performed(intent, cases);

describe('进度', () => {
  it('a list, a case, taking one back after a yes', () => {
    expect(play(['进度', '3', '返回', '第一个', '撤回', '不', '1', '确定'], { perform }).script).toMatchInlineSnapshot(`
     "居民：进度
     【listCases】
     邻里：您的办件：
     1. 高龄津贴申领（等受理）
     2. 老年人优待证办理（要补材料）
     3. 路灯不亮与损坏（办完了）
     想看哪一件，回复数字就行。
     居民：3
     邻里：路灯不亮与损坏
     编号 2600000035
     3月9日提交，由区民政局负责。
     问题已经解决。
     答复：3月8日已经换上新灯。
     您可以：
     1. 没解决，要重办
     2. 返回列表
     回复数字就行。有疑问打电话 0990-5550000。
     居民：返回
     邻里：您的办件：
     1. 高龄津贴申领（等受理）
     2. 老年人优待证办理（要补材料）
     3. 路灯不亮与损坏（办完了）
     想看哪一件，回复数字就行。
     居民：第一个
     邻里：高龄津贴申领
     编号 2600000019
     3月9日提交，由区民政局负责。
     已经收到，工作人员正在看，3月17日前告诉您受理结果。
     您可以：
     1. 撤回这一件
     2. 催办
     3. 返回列表
     回复数字就行。有疑问打电话 0990-5550000。
     居民：撤回
     邻里：撤回以后「高龄津贴申领」就不办了，要办得重新申请。真的要撤回吗？
     1. 撤回
     2. 不撤回
     回复数字就行。
     居民：不
     邻里：好的，没有撤回，这件事接着办。
     高龄津贴申领
     编号 2600000019
     3月9日提交，由区民政局负责。
     已经收到，工作人员正在看，3月17日前告诉您受理结果。
     您可以：
     1. 撤回这一件
     2. 催办
     3. 返回列表
     回复数字就行。有疑问打电话 0990-5550000。
     居民：1
     邻里：撤回以后「高龄津贴申领」就不办了，要办得重新申请。真的要撤回吗？
     1. 撤回
     2. 不撤回
     回复数字就行。
     居民：确定
     【withdrawCase】
     邻里：好的，编号 2600000019 已经撤回。以后想办，随时再来申请。"
    `);
  });

  it('补正: texts and pictures until 完成', () => {
    const { script, intents } = play(
      ['进度', '2', '补正', '完成', '照片在这里', { kind: 'image', mediaId: 'm1' }, '居住证明下周开好', '完成'],
      { perform },
    );
    expect(script.slice(script.indexOf('居民：补正'))).toMatchInlineSnapshot(`
     "居民：补正
     邻里：「老年人优待证办理」还缺这些，请在3月20日前补齐：
     · 近期一寸照片
     · 居住证明
     请把文字或照片直接发在这里，可以发好几条。都发完了，回复「完成」。
     居民：完成
     邻里：还没有收到您补的内容。请先发文字或照片，发完再回复「完成」。
     居民：照片在这里
     邻里：收到了，现在有文字1条。还有就接着发，都发完了回复「完成」。
     居民：［image］
     邻里：收到了，现在有文字1条、照片1张。还有就接着发，都发完了回复「完成」。
     居民：居住证明下周开好
     邻里：收到了，现在有文字2条、照片1张。还有就接着发，都发完了回复「完成」。
     居民：完成
     【correctCase】
     邻里：您补的材料已经交上去了（编号 2600000027），工作人员看过马上告诉您。想知道办到哪一步，回复「进度」。"
    `);
    expect(intents.at(-1)).toEqual({
      kind: 'correctCase',
      number: '2600000027',
      text: '照片在这里\n居住证明下周开好',
      mediaIds: ['m1'],
    });
  });

  it('补正 on its own opens the one case that waits for it', () => {
    expect(play(['补正'], { perform }).script).toContain('「老年人优待证办理」还缺这些，请在3月20日前补齐');
    expect(play(['补正']).script).toContain('您现在没有要补材料的办件');
  });

  it('nothing to show, a digit too high, a new wish', () => {
    expect(play(['进度', '进度']).script).toContain('您还没有办件');
    expect(play(['进度', '9'], { perform }).script).toContain('请回复1到3的数字');
    expect(play(['进度', '老年证怎么办'], { perform }).script).toContain('「老年人优待证办理」\n谁能办');
  });

  it('a refused withdrawal is told', () => {
    const { script, conversation } = play(['进度', '1', '1', '是'], {
      perform: (intent) =>
        intent.kind === 'withdrawCase'
          ? { kind: 'refused', code: 'case.wrongState', words: '这个办件现在的状态不能这样办。', errors: [] }
          : perform(intent),
    });
    expect(script).toContain('没有办成。\n这个办件现在的状态不能这样办。');
    expect(conversation.mode.kind).toBe('idle');
  });

  it('the menu key means the same, and so does a voice', () => {
    expect(play([{ kind: 'menuClick', key: 'progress' }], { perform }).intents).toEqual([{ kind: 'listCases' }]);
    expect(play([{ kind: 'voice', mediaId: 'v', recognition: '查进度。' }], { perform }).intents).toEqual([
      { kind: 'listCases' },
    ]);
  });
});

describe('催办', () => {
  it('reaches the one case that is being handled, or asks which', () => {
    const one = play(['催办', '1'], { perform });
    expect(one.intents).toEqual([{ kind: 'listCases' }, { kind: 'remindCase', number: '2600000019' }]);
    expect(one.script).toContain('您正在办的是这一件，要我替您催，就选「催办」。\n高龄津贴申领\n编号 2600000019');
    expect(one.script).toContain('好的，编号 2600000019 已经替您催办了');
    const another = sampleCase({ number: '2600000043', title: '路面坑洼', state: 'inHandling' });
    const two = play(['催办', '2'], { perform: (intent) => performed(intent, [...cases, another]) });
    expect(two.script).toContain('想催办哪一件？\n1. 高龄津贴申领\n2. 路面坑洼');
    expect(two.intents.at(-1)).toEqual({ kind: 'remindCase', number: '2600000043' });
  });

  it('is offered with a case, and refused in words the second time', () => {
    const { script, intents, conversation } = play(['进度', '1', '催办'], {
      perform: (intent) =>
        intent.kind === 'remindCase'
          ? { kind: 'refused', code: 'case.remindedToday', words: '这个办件今天已经催办过了。', errors: [] }
          : perform(intent),
    });
    expect(script).toContain('1. 撤回这一件\n2. 催办\n3. 返回列表');
    expect(intents.at(-1)).toEqual({ kind: 'remindCase', number: '2600000019' });
    expect(script).toContain('没有办成。\n这个办件今天已经催办过了。');
    expect(conversation.mode.kind).toBe('idle');
  });

  it('has nothing to do without a case', () => expect(play(['催一下']).script).toContain('不用催办'));
});

describe('重办', () => {
  it('asks why, and says by when it is answered', () => {
    const { script, intents } = play(['重办', '灯又灭了，晚上看不见路'], { perform });
    expect(script.slice(script.indexOf('邻里：'))).toMatchInlineSnapshot(`
     "邻里：「路灯不亮与损坏」哪里没有解决？请用一两句话说说，我们重新办。不重办了，回复「返回」。
     居民：灯又灭了，晚上看不见路
     【reopenCase】
     邻里：好的，编号 2600000035 重新办理，3月17日前答复您。想知道办到哪一步，回复「进度」。"
    `);
    expect(intents.at(-1)).toEqual({ kind: 'reopenCase', number: '2600000035', reason: '灯又灭了，晚上看不见路' });
  });

  it('is offered with a closed case, also in the resident’s own words, and can be left', () => {
    const { script, intents } = play(['进度', '3', '没解决', '返回', '1', '不'], { perform });
    expect(script).toContain('您可以：\n1. 没解决，要重办\n2. 返回列表');
    expect(script.match(/哪里没有解决？/g)).toHaveLength(2);
    expect(intents).toEqual([{ kind: 'listCases' }]);
  });

  it('sends no words that say nothing, or too much', () => {
    const one = play(['进度', '3', '重办', '字'.repeat(501), '唉'], { perform });
    expect(one.script).toContain('最多500个字');
    expect(one.script).toContain('办的人才知道怎么办');
    expect(one.intents).toEqual([{ kind: 'listCases' }]);
  });

  it('has nothing to do without a case that is done', () =>
    expect(play(['重办']).script).toContain('没有已经办结的事，没有可以重办的'));
});

describe('where a case stands', () => {
  it.each<[CaseState, CaseOutcome | null, string]>([
    ['submitted', null, '已经收到，工作人员正在看，3月17日前告诉您受理结果。'],
    ['awaitingCorrection', null, '还缺材料，请在3月20日前补齐：\n· 户口簿'],
    ['accepted', null, '已经受理，3月26日前办好。'],
    ['inHandling', null, '区民政局正在办，3月26日前办好。'],
    ['suspended', null, '正在等审查、鉴定这一类的结果，这段时间不算在期限里。有了结果马上接着办。'],
    ['decided', null, '已经有结果了，正在准备交给您。'],
    ['closed', 'granted', '已经办好了。'],
    ['closed', 'refused', '不符合条件，没有办成。'],
    ['closed', 'resolved', '问题已经解决。'],
    ['closed', 'unresolved', '问题暂时没能解决。'],
    ['closed', 'explained', '已经答复您。'],
    ['declined', null, '没有受理。'],
    ['withdrawn', null, '已经撤回，没有再办。'],
  ])('%s %s: %s', (state, outcome, words) => {
    const kase = caseLine(sampleCase({ state, outcome, missing: ['户口簿'], answerBy: '2026-03-20' }));
    expect(standing(kase, localDate(new Date('2026-03-10T02:00:00Z')))).toBe(words);
  });
});
