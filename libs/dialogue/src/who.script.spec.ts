import type { Intent, Outcome } from '@linli/contracts';
import { newConversation } from './conversation';
import { hearOnce, performed } from './play';
import { sampleWorld } from './samples';
import { asksWho } from './who';

const world = sampleWorld();
const known =
  (more: Partial<Extract<Outcome, { kind: 'handler' }>> = {}) =>
  (intent: Intent): Outcome =>
    intent.kind === 'whoHandles'
      ? {
          ...{ kind: 'handler', entryId: intent.entryId, phone: '0990-5550111' },
          sentence: '“路灯不亮与损坏”由区城管局（区级部门）负责，依据是事项目录“路灯”。',
          passedOver: ['社区不是责任主体，不能让社区承担。'],
          ...more,
        }
      : performed(intent);

describe('who handles this', () => {
  it.each<[string, boolean]>([
    ['楼下违建归谁管', true],
    ['路灯不亮该找哪个部门', true],
    ['路灯坏了找谁', true],
    ['噪声这事由谁负责啊', true],
    ['这个归哪个单位管', true],
    ['路灯三天不亮了怎么没人管', false],
    ['找谁都没用，我要投诉他们', false],
    ['国家管不管', false],
    ['我老公在工地上受伤，老板不认账，跑了好几趟，问来问去也不知道归谁管，家里等着钱用，孩子还要上学', false],
  ])('%s: asked %s', (text, asked) => expect(asksWho(text)).toBe(asked));

  it('is told with the record and why nearer ones may not, and a digit goes on with the matter', () => {
    const told = hearOnce(newConversation(), '路灯不亮归谁管', world, known());
    expect(told.asked).toEqual({ kind: 'whoHandles', entryId: 'r-streetlight', subdistrictId: null });
    expect(told.replies).toEqual([
      '“路灯不亮与损坏”由区城管局（区级部门）负责，依据是事项目录“路灯”。\n电话：0990-5550111\n社区不是责任主体，不能让社区承担。\n1. 我要反映这件事\n2. 先不看\n回复数字就行。',
    ]);
    expect(hearOnce(told.conversation, '1', world).conversation.mode.kind).toBe('reporting');
    expect(hearOnce(told.conversation, '2', world).conversation.mode.kind).toBe('idle');
  });

  it('knows where one lives, takes the place that was sent, before or after', () => {
    const home = sampleWorld({ knownSubdistrictId: 's1' });
    expect(hearOnce(newConversation(), '高龄津贴归谁管', home, known()).asked).toMatchObject({ subdistrictId: 's1' });
    const point = { kind: 'location', lat: 30.4743, lng: 106.6327, label: '' } as const;
    const spot = { lat: 30.4743, lng: 106.6327 };
    const before = hearOnce(newConversation(), point, world).conversation;
    expect(hearOnce(before, '路灯不亮归谁管', world, known()).asked).toMatchObject({ spot });
    const nowhere = hearOnce(newConversation(), '路灯不亮归谁管', world, known({ sentence: null, passedOver: [] }));
    expect(nowhere.replies[0]).toMatch(/一般由区城管局负责。\n把那里的位置发给我/);
    const after = hearOnce(nowhere.conversation, point, world, known());
    expect(after.asked).toEqual({ kind: 'whoHandles', entryId: 'r-streetlight', subdistrictId: null, spot });
  });

  it('is asked over a guide on view, and not where another thing is meant', () => {
    const reading = hearOnce(newConversation(), '高龄津贴怎么领', world).conversation;
    expect(hearOnce(reading, '这事归谁管', world, known()).asked).toMatchObject({ entryId: 'elder-allowance' });
    expect(hearOnce(reading, '路灯归谁管', world, known()).asked).toMatchObject({ entryId: 'r-streetlight' });
  });
});

describe('asking back', () => {
  const vague = ['好像是高龄津贴或者老年证', '好像是路灯或者太吵', '好像是低保或者食堂'];

  it('happens twice in a row at most before a person is among the answers', () => {
    let heard = hearOnce(newConversation(), vague[0]!, world);
    expect(heard.replies[0]).toMatch(/^您说的是哪一件？\n1\. [^\n]+（您说的「[^」]+」）\n2\. [^]*3\. 都不是/);
    heard = hearOnce(heard.conversation, vague[1]!, world);
    expect(heard.replies[0]).toMatch(/3\. 都不是/);
    heard = hearOnce(heard.conversation, vague[2]!, world);
    expect(heard.replies[0]).toMatch(/问了您两次[^]*3\. 找工作人员/);
    expect(hearOnce(heard.conversation, '1', world).asked).toBeNull();
    const person = hearOnce(heard.conversation, '3', world);
    expect(person.asked).toEqual({ kind: 'handOver', reason: 'notUnderstood', lastWords: vague[2] });
  });

  it('begins anew after anything else was done', () => {
    const twice = [vague[0]!, vague[1]!, '高龄津贴怎么领', vague[2]!].reduce(
      (before, said) => hearOnce(before, said, world).conversation,
      newConversation(),
    );
    expect(twice.mode).toMatchObject({ kind: 'choosing', asked: 1, none: '都不是' });
  });

  it('uses the question a language model worded, with its mark', () => {
    const question = '您是想领津贴，还是办老年证？\n（以上由人工智能辅助生成，仅供参考）';
    const advised = { ...world, route: (text: string) => ({ ...world.route(text), question }) };
    expect(hearOnce(newConversation(), vague[0]!, advised).replies[0]).toBe(
      `${question}\n1. 高龄津贴申领（您说的「高龄」）\n2. 老年人优待证办理（您说的「老年」）\n3. 都不是\n回复数字就行。`,
    );
  });
});
