import type { InboundContent, RatingRequest } from '@linli/contracts';
import { newConversation, type Conversation } from './conversation';
import { play } from './play';
import { askRating, ratingGivenElsewhere, ratingUndelivered } from './rating-question';
import { sampleWorld } from './samples';
import { turn } from './turn';

const request: RatingRequest = { serviceEventId: 'e1', subject: '高龄津贴申领', caseNumber: '2600000019' };
const second: RatingRequest = { serviceEventId: 'e2', subject: '路灯不亮与损坏', caseNumber: '2600000027' };
const asked = askRating(newConversation(), request);
const open = asked.conversation;

describe('a rating question', () => {
  it('names the five grades from 5 to 1', () =>
    expect(asked.text).toMatchInlineSnapshot(`
     "您的「高龄津贴申领」办完了（编号 2600000019）。您对这次服务满意吗？
     5 非常满意
     4 满意
     3 基本满意
     2 不满意
     1 非常不满意
     回复数字就行。不想评就回复 0，或者不用管它。"
    `));

  it('a good grade is thanked for, a bad one is asked about', () => {
    expect(
      [
        play(['5'], { from: open }),
        play(['不满意', '跑了三趟才办好'], { from: open }),
        play(['1', '0'], { from: open }),
      ]
        .map((one) => one.script)
        .join('\n———\n'),
    ).toMatchInlineSnapshot(`
     "居民：5
     【rate】
     邻里：谢谢您的评价：非常满意。我们会接着努力。
     ———
     居民：不满意
     【rate】
     邻里：谢谢您的评价：不满意。没让您满意，对不起。
     哪里没办好？说一句我们会核实（不想说回复 0）。
     居民：跑了三趟才办好
     【addToRating】
     邻里：谢谢您，您说的我们记下了，会有人核实改进。
     ———
     居民：1
     【rate】
     邻里：谢谢您的评价：非常不满意。没让您满意，对不起。
     哪里没办好？说一句我们会核实（不想说回复 0）。
     居民：0
     邻里：好的，谢谢您。还有什么事，随时跟我说。"
    `);
  });

  it.each<[string, object[]]>([
    ['4 满意', [{ kind: 'rate', serviceEventId: 'e1', grade: 'satisfied' }]],
    ['三', [{ kind: 'rate', serviceEventId: 'e1', grade: 'fairlySatisfied' }]],
    ['0', []],
    ['6', []],
    ['还行', []],
    ['高龄津贴怎么领', []],
  ])('%s asks the house for %j', (text, intents) => expect(play([text], { from: open }).intents).toEqual(intents));

  it.each<[string, string | InboundContent]>([
    ['a new wish', '老年证怎么办'],
    ['an emergency', '楼道着火了'],
    ['a picture', { kind: 'image', mediaId: 'm' }],
    ['a place', { kind: 'location', lat: 30, lng: 120, label: '' }],
    ['进度', '进度'],
    ['帮助', '帮助'],
    ['the menu', { kind: 'menuClick', key: 'help' }],
    ['a greeting', '你好'],
    ['a nought', '0'],
    ['thanks', '谢谢'],
  ])('is closed by %s: a digit afterwards rates nothing', (_what, said) => {
    const { intents } = play([said, '5'], { from: open });
    expect(intents.filter((intent) => intent.kind === 'rate')).toEqual([]);
  });

  it('is asked once more when the answer is unclear, then never again by itself', () => {
    const { script, conversation } = play(['嗯这个嘛', '说不好', '5'], { from: open });
    expect(script).toMatchInlineSnapshot(`
     "居民：嗯这个嘛
     邻里：给「高龄津贴申领」打个分，请回复1到5：
     5 非常满意
     4 满意
     3 基本满意
     2 不满意
     1 非常不满意
     不想评就回复 0。
     居民：说不好
     邻里：好的，不评也没关系。还有什么事，随时跟我说。
     居民：5
     邻里：现在没有要选的。您想办什么，或者要反映什么，直接说就行。
     也可以回复「人工」找工作人员，或打电话 0990-5550000。"
    `);
    expect(conversation.ratingsPassed).toEqual([request]);
  });

  it('评价 brings an unanswered question back', () => {
    const { intents } = play(['0', '评价', '5'], { from: open });
    expect(intents).toEqual([{ kind: 'rate', serviceEventId: 'e1', grade: 'verySatisfied' }]);
    expect(play(['评价']).script).toContain('现在没有等您评价的事');
  });

  it('what was rated already is told in its own words', () => {
    const { script } = play(['5'], {
      from: open,
      perform: () => ({
        kind: 'refused',
        code: 'rating.alreadyGiven',
        words: '这次服务您已经评价过了，谢谢。',
        errors: [],
      }),
    });
    expect(script).toContain('邻里：这次服务您已经评价过了，谢谢。');
  });
});

describe('a rating question waits', () => {
  it.each<[string, readonly string[]]>([
    ['a list', ['好像是高龄津贴或者老年证']],
    ['a guide', ['高龄津贴怎么领']],
    ['a form', ['高龄津贴怎么领', '3']],
    ['a form that rests', ['高龄津贴怎么领', '3', '稍后']],
    ['a form set aside', ['高龄津贴怎么领', '3', '进度']],
    ['a report', ['路灯不亮']],
    ['an officer', ['人工']],
  ])('while %s is open, and comes when it is closed', (_what, lines) => {
    const { conversation } = play(lines);
    const waiting = askRating(conversation, request);
    expect(waiting).toMatchObject({ text: null, conversation: { ratingsWaiting: [request] } });
    const done = play(['取消'], { from: waiting.conversation });
    expect(done.script).toContain('您对这次服务满意吗');
    expect(done.conversation).toMatchObject({ askedRating: request, ratingsWaiting: [], mode: { kind: 'ratingOpen' } });
  });

  it('for another one, and follows its answer', () => {
    const both = askRating(open, second).conversation;
    expect(both.ratingsWaiting).toEqual([second]);
    expect(play(['5'], { from: both }).conversation.askedRating).toEqual(second);
    expect(play(['1', '跑了三趟'], { from: both }).conversation.askedRating).toEqual(second);
  });

  it('is not put under an answer that was not understood, nor under an emergency', () => {
    const from: Conversation = { ...newConversation(), ratingsWaiting: [request] };
    expect(play(['嘟嘟嘟', '楼道着火了', '7'], { from }).conversation.ratingsWaiting).toEqual([request]);
    expect(play(['谢谢'], { from }).conversation.askedRating).toEqual(request);
  });

  it('is asked about each service once', () => {
    expect(askRating(open, request)).toEqual({ conversation: open, text: null });
    const passed = play(['0'], { from: open }).conversation;
    expect(askRating(passed, request).text).toBeNull();
  });
});

describe('what happens to a question outside the chat', () => {
  const passed = play(['0'], { from: open }).conversation;

  it('undelivered: closed, and first in line again', () => {
    const closed = ratingUndelivered(askRating(open, second).conversation, 'e1');
    expect(closed).toMatchObject({ mode: { kind: 'idle' }, ratingsWaiting: [request, second] });
    expect(closed.askedRating).toBeUndefined();
    expect(turn(closed, { kind: 'text', text: '5' }, sampleWorld()).intent).toBeNull();
    expect(ratingUndelivered(passed, 'e1')).toMatchObject({ ratingsWaiting: [request], ratingsPassed: [] });
    expect(ratingUndelivered(open, 'e9')).toEqual(open);
  });

  it('given elsewhere: neither open, waiting nor offered', () => {
    const waiting = askRating(play(['人工']).conversation, request).conversation;
    for (const conversation of [open, passed, waiting]) {
      const after = ratingGivenElsewhere(conversation, 'e1');
      expect(after.askedRating).toBeUndefined();
      expect([...after.ratingsWaiting, ...after.ratingsPassed]).toEqual([]);
      expect(after.mode.kind).toBe(conversation.mode.kind === 'ratingOpen' ? 'idle' : conversation.mode.kind);
    }
    expect(ratingGivenElsewhere(open, 'e9')).toEqual(open);
  });
});
