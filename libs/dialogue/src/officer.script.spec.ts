import type { InboundContent } from '@linli/contracts';
import { officerLeft } from './conclude';
import { newConversation } from './conversation';
import { hearOnce, performed, play } from './play';
import { hoursLater, sampleCase, sampleWorld } from './samples';
import { turn } from './turn';

describe('a human', () => {
  it('is fetched, hears everything in silence, and gives back', () => {
    expect(
      play(['低保的事说不清楚', '人工', '我家情况复杂', { kind: 'image', mediaId: 'm1' }, '人工', '回到邻里']).script,
    ).toMatchInlineSnapshot(`
     "居民：低保的事说不清楚
     邻里：「最低生活保障申请」
     最低生活保障申请的简要说明。
     这件事由区民政局负责，现在还不能在微信上申请。去之前请先打电话 0990-5550000，问清楚去哪个窗口、要带什么，免得白跑。
     要人帮忙吗？
     1. 找工作人员
     回复数字就行。
     居民：人工
     【handOver】
     邻里：好的，已经请工作人员来帮您，请稍等一会儿。有话直接在这里说，他们看得到。着急就打电话 0990-5550000。
     不想等了，回复「回到邻里」。
     居民：我家情况复杂
     【passOn】
     邻里：您的话已经转给工作人员，他们看到就回您，请别着急。想回来自己办，回复「回到邻里」。
     居民：［image］
     【passOn】
     居民：人工
     邻里：已经替您叫工作人员了，有话直接在这里说。着急就打电话 0990-5550000。想回来自己办，回复「回到邻里」。
     居民：回到邻里
     【takeBack】
     邻里：邻里回来了。想办什么、要反映什么，直接跟我说就行。"
    `);
  });

  it('gets what was said last, pictures, places and voices', () => {
    const said: InboundContent[] = [
      { kind: 'text', text: '我家情况复杂' },
      { kind: 'image', mediaId: 'm1' },
      { kind: 'voice', mediaId: 'v1', recognition: '听得到吗' },
      { kind: 'voice', mediaId: 'v2' },
      { kind: 'video', mediaId: 'm2' },
      { kind: 'location', lat: 30.2, lng: 120.1, label: '桂花路18号' },
      { kind: 'link', title: '通知', url: 'https://example.gov.cn/1' },
    ];
    expect(play(['低保怎么办', '人工', ...said]).intents).toEqual([
      { kind: 'handOver', reason: 'asked', lastWords: '低保怎么办' },
      { kind: 'passOn', text: '我家情况复杂', mediaIds: [] },
      { kind: 'passOn', text: '', mediaIds: ['m1'] },
      { kind: 'passOn', text: '听得到吗', mediaIds: ['v1'] },
      { kind: 'passOn', text: '', mediaIds: ['v2'] },
      { kind: 'passOn', text: '', mediaIds: ['m2'] },
      { kind: 'passOn', text: '［位置］桂花路18号（30.2，120.1）', mediaIds: [] },
      { kind: 'passOn', text: '通知 https://example.gov.cn/1', mediaIds: [] },
    ]);
  });

  it('outside office hours says when and how', () => {
    const { script } = play(['我要找真人'], {
      perform: () => ({ kind: 'handedOver', phone: '0990-5550000', staffedNow: false, hours: '周一至周五 9:00—17:00' }),
    });
    expect(script).toMatchInlineSnapshot(`
     "居民：我要找真人
     【handOver】
     邻里：好的，已经替您转给工作人员。现在不在上班时间（周一至周五 9:00—17:00），您先把事情写在这里，上班后就回您。电话 0990-5550000。
     不想等了，回复「回到邻里」。"
    `);
  });

  it('an emergency is answered beside the officer, who hears of it', () => {
    const from = play(['人工']).conversation;
    const heard = hearOnce(from, '楼道着火了', sampleWorld());
    expect(heard.replies[0]).toContain('请马上拨打 119');
    expect(heard.asked).toEqual({ kind: 'passOn', text: '楼道着火了', mediaIds: [] });
  });

  it('进度 is shown without ending it', () => {
    const from = play(['人工']).conversation;
    const { script, conversation } = play(['进度'], { from, perform: (intent) => performed(intent, [sampleCase()]) });
    expect(script).toMatchInlineSnapshot(`
     "居民：进度
     【listCases】
     邻里：您的办件：
     · 高龄津贴申领（等受理）
     要看其中一件，请先回复「回到邻里」。"
    `);
    expect(conversation.mode.kind).toBe('withHuman');
  });

  it('after a long silence who listens is said again', () => {
    const from = play(['人工', '在吗', '在吗']).conversation;
    expect(hearOnce(from, '在吗', sampleWorld()).replies).toEqual([]);
    expect(hearOnce(from, '在吗', hoursLater(sampleWorld(), 13)).replies[0]).toContain('已经转给工作人员');
  });

  it('ends from the officer’s side with the form taken up again', () => {
    const plain = officerLeft(play(['人工']).conversation, sampleWorld());
    expect(plain).toMatchObject({
      conversation: { mode: { kind: 'idle' } },
      replies: [expect.stringContaining('邻里接着陪您')],
    });
    const form = officerLeft(play(['高龄津贴', '3', '桂花街道', '人工']).conversation, sampleWorld());
    expect(form.replies[0]).toContain('（第2题，共10题）申请人叫什么名字？');
    expect(officerLeft(newConversation(), sampleWorld()).replies).toEqual([]);
  });

  it('a hand-over that was refused leaves nobody waiting', () => {
    const { script, conversation } = play(['人工'], {
      perform: () => ({
        kind: 'refused',
        code: 'service.unavailable',
        words: '系统正忙，请过几秒再试一次。',
        errors: [],
      }),
    });
    expect(script).toContain('系统正忙');
    expect(conversation.mode.kind).toBe('idle');
  });
});

describe('what is not understood', () => {
  it('three times in a row fetches a human, in a list as well', () => {
    expect(play(['嘟嘟嘟', '咕咕咕', '噜噜噜']).intents).toEqual([
      { kind: 'handOver', reason: 'threeWrongAnswers', lastWords: '噜噜噜' },
    ]);
    expect(play(['好像是高龄津贴或者老年证', '8', '9', '7']).intents).toMatchObject([{ reason: 'threeWrongAnswers' }]);
    expect(play(['好像是高龄津贴或者老年证', '都不是', '嘟嘟嘟', '咕咕咕']).intents).toHaveLength(1);
  });

  it('two and a word that is understood begin the count anew', () => {
    expect(play(['嘟嘟嘟', '咕咕咕', '你好', '嘟嘟嘟', '咕咕咕']).intents).toEqual([]);
  });

  it('a digit with nothing open is no miss', () => {
    const { script, intents } = play(['5', '1', '２', '第三个']);
    expect(intents).toEqual([]);
    expect(script).toContain('现在没有要选的');
  });
});

describe('everything else that arrives', () => {
  it.each<[string, InboundContent, string]>([
    ['a new follower', { kind: 'follow' }, '您好，我是邻里'],
    ['a scanned code', { kind: 'scan', scene: 'hall-1' }, '您好，我是邻里'],
    ['help on the menu', { kind: 'menuClick', key: 'help' }, '我能帮您这几件事'],
    ['an unknown menu key', { kind: 'menuClick', key: 'constructor' }, '我能帮您这几件事'],
    ['a voice nobody understood', { kind: 'voice', mediaId: 'v' }, '没听清'],
    ['a video', { kind: 'video', mediaId: 'v' }, '视频和链接我看不了'],
    ['a link', { kind: 'link', title: 't', url: 'u' }, '视频和链接我看不了'],
    ['a picture', { kind: 'image', mediaId: 'm' }, '请问这是什么事'],
    ['a place', { kind: 'location', lat: 30, lng: 120, label: '桂花路' }, '位置收到了：桂花路'],
    ['no words at all', { kind: 'text', text: ' \u0000 ' }, '我在呢'],
    ['a face', { kind: 'text', text: '😀' }, '我在呢'],
    ['too many words', { kind: 'text', text: '路'.repeat(2001) }, '有点长'],
    ['an emergency number', { kind: 'text', text: '着火打哪个电话' }, '119'],
  ])('%s', (_what, content, words) => {
    expect(turn(newConversation(), content, sampleWorld()).replies).toEqual([expect.stringContaining(words)]);
  });

  it('too many words never reach the router', () => {
    const route = jest.fn((text: string) => sampleWorld().route(text));
    turn(newConversation(), { kind: 'text', text: '路'.repeat(2001) }, sampleWorld({ route }));
    expect(route).not.toHaveBeenCalled();
  });

  it.each<InboundContent>([
    { kind: 'unfollow' },
    { kind: 'revoked' },
    { kind: 'silent', type: 'LOCATION' },
    { kind: 'deliveryReport', platformId: 'p', outcome: 'sent' },
  ])('$kind is answered with nothing and changes nothing', (content) => {
    const { conversation } = play(['高龄津贴', '3']);
    expect(turn(conversation, content, sampleWorld())).toEqual({ conversation, replies: [], intent: null });
  });

  it('a tapped line of a menu counts as its number or its name', () => {
    const from = play(['高龄津贴']).conversation;
    for (const text of ['2', '', '办理步骤', '2. 办理步骤'])
      expect(play([{ kind: 'text', text, menuId: '2' }], { from }).script).toContain('第1步：提出申请');
    // A line of an older menu must not press a button of this one.
    expect(play([{ kind: 'text', text: '老年证怎么办', menuId: '3' }], { from }).script).toContain(
      '「老年人优待证办理」\n谁能办',
    );
  });

  it('a form left for more than a month is forgotten', () => {
    const from = play(['高龄津贴', '3', '桂花街道', '王秀兰']).conversation;
    const heard = hearOnce(from, '你好', hoursLater(sampleWorld(), 31 * 24));
    expect(heard.replies[0]).toContain('已经替您删掉');
    expect(JSON.stringify(heard.conversation)).not.toContain('王秀兰');
  });
});
