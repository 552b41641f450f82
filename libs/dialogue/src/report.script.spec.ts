import { hearOnce, play } from './play';
import { hoursLater, sampleWorld } from './samples';

const place = { kind: 'location', lat: 30.2, lng: 120.1, label: '梧桐街道梧桐路3号' } as const;

describe('a problem to report', () => {
  it('from few words to a case number', () => {
    expect(
      play([
        '路灯不亮',
        '坏了',
        '梧桐路口的路灯三天不亮了，晚上看不见',
        place,
        { kind: 'image', mediaId: 'm1' },
        '提交',
      ]).script,
    ).toMatchInlineSnapshot(`
     "居民：路灯不亮
     邻里：好的，我帮您反映「路灯不亮与损坏」。您说的只用来处理这件事。
     请说说是什么情况：出了什么问题，从什么时候开始的？
     居民：坏了
     邻里：请再多说几个字，说清楚出了什么问题，工作人员才好处理。
     居民：梧桐路口的路灯三天不亮了，晚上看不见
     邻里：在什么地方？请点右下角的「+」发个位置，或者写清楚路名、小区和楼号。
     居民：［location］
     邻里：有照片更好办：请发一张照片。没有就回复「跳过」。
     居民：［image］
     邻里：照片收到了，一共1张。
     请您核对一下，还没有提交：
     问题：路灯不亮与损坏
     情况：梧桐路口的路灯三天不亮了，晚上看不见
     地点：梧桐街道梧桐路3号
     街道：梧桐街道
     照片：1张
     提交后由区城管局处理。都对吗？
     1. 提交
     2. 修改
     3. 取消
     回复数字就行。
     居民：提交
     【openReport】
     邻里：您的「路灯不亮与损坏」已经提交。
     办件编号：2600000027
     由区城管局处理，3月17日前告诉您受理结果，3月26日前答复您。
     想知道办到哪一步，回复「进度」。有疑问打电话 0990-5550000。"
    `);
  });

  it('words that say enough are not asked for again, and the house gets all that was told', () => {
    const { script, intents } = play(['小区门口的路灯三天不亮了', '桂花路18号门口', '跳过', '第一个', '是的']);
    expect(script).not.toContain('请说说是什么情况');
    expect(intents).toEqual([
      {
        kind: 'openReport',
        entryId: 'r-streetlight',
        subdistrictId: 's1',
        text: '小区门口的路灯三天不亮了',
        place: { words: '桂花路18号门口' },
        mediaIds: [],
      },
    ]);
  });

  it('what was told can be changed before it is sent', () => {
    const from = play(['小区门口的路灯三天不亮了', place, { kind: 'image', mediaId: 'm1' }]).conversation;
    const { script, intents } = play(
      ['修改', '照片', { kind: 'image', mediaId: 'm2' }, '2', '地点', '桂花路18号', '2', '所在街道', '桂花街道', '1'],
      { from },
    );
    expect(script).toMatchInlineSnapshot(`
     "居民：修改
     邻里：要改哪一项？
     1. 情况
     2. 地点
     3. 照片
     4. 所在街道
     回复数字就行。
     居民：照片
     邻里：有照片更好办：请发一张照片。没有就回复「跳过」。
     居民：［image］
     邻里：照片收到了，一共1张。
     请您核对一下，还没有提交：
     问题：路灯不亮与损坏
     情况：小区门口的路灯三天不亮了
     地点：梧桐街道梧桐路3号
     街道：梧桐街道
     照片：1张
     提交后由区城管局处理。都对吗？
     1. 提交
     2. 修改
     3. 取消
     回复数字就行。
     居民：2
     邻里：要改哪一项？
     1. 情况
     2. 地点
     3. 照片
     4. 所在街道
     回复数字就行。
     居民：地点
     邻里：在什么地方？请点右下角的「+」发个位置，或者写清楚路名、小区和楼号。
     居民：桂花路18号
     邻里：这件事发生在哪个街道？
     1. 桂花街道
     2. 梧桐街道
     回复数字就行。
     居民：2
     邻里：请您核对一下，还没有提交：
     问题：路灯不亮与损坏
     情况：小区门口的路灯三天不亮了
     地点：桂花路18号
     街道：梧桐街道
     照片：1张
     提交后由区城管局处理。都对吗？
     1. 提交
     2. 修改
     3. 取消
     回复数字就行。
     居民：所在街道
     邻里：这件事发生在哪个街道？
     1. 桂花街道
     2. 梧桐街道
     回复数字就行。
     居民：桂花街道
     邻里：请您核对一下，还没有提交：
     问题：路灯不亮与损坏
     情况：小区门口的路灯三天不亮了
     地点：桂花路18号
     街道：桂花街道
     照片：1张
     提交后由区城管局处理。都对吗？
     1. 提交
     2. 修改
     3. 取消
     回复数字就行。
     居民：1
     【openReport】
     邻里：您的「路灯不亮与损坏」已经提交。
     办件编号：2600000027
     由区城管局处理，3月17日前告诉您受理结果，3月26日前答复您。
     想知道办到哪一步，回复「进度」。有疑问打电话 0990-5550000。"
    `);
    expect(intents.at(-1)).toMatchObject({ subdistrictId: 's1', place: { words: '桂花路18号' }, mediaIds: ['m2'] });
  });

  it('a picture or place sent first is kept ten minutes for it', () => {
    const world = sampleWorld();
    const sent = play([{ kind: 'image', mediaId: 'm1' }, place], { world });
    expect(sent.script).toMatchInlineSnapshot(`
     "居民：［image］
     邻里：照片收到了。请问这是什么事？说一句就行，我先替您留着。
     居民：［location］
     邻里：位置收到了：梧桐街道梧桐路3号。这里有什么问题要反映吗？说说是什么情况，我就帮您报上去。"
    `);
    const soon = play(['小区门口的路灯三天不亮了', '1'], { from: sent.conversation, world: hoursLater(world, 0.1) });
    expect(soon.intents).toMatchObject([
      { kind: 'openReport', subdistrictId: 's2', mediaIds: ['m1'], place: { words: '梧桐街道梧桐路3号' } },
    ]);
    const late = play(['小区门口的路灯三天不亮了'], { from: sent.conversation, world: hoursLater(world, 0.2) });
    expect(late.script).toContain('在什么地方？');
  });

  it('a place outside the country is asked for again', () => {
    const from = play(['小区门口的路灯三天不亮了']).conversation;
    expect(play([{ ...place, lat: 90, label: '' }], { from }).script).toContain('请点右下角的「+」发个位置');
  });

  it('an emergency inside it comes first, and the words can still be the report', () => {
    const from = play(['路灯不亮']).conversation;
    const { script, conversation } = play(['灯杆漏电有人触电了', '是回答'], { from });
    expect(script).toMatchInlineSnapshot(`
     "居民：灯杆漏电有人触电了
     邻里：这件事很急，请马上拨打 119！
     先离开危险的地方，不要回去拿东西。
     您的「路灯不亮与损坏」反映还留着，等没事了，回复「继续」接着办。没有危险、只是在回答刚才的问题，就回复「是回答」。
     居民：是回答
     邻里：在什么地方？请点右下角的「+」发个位置，或者写清楚路名、小区和楼号。"
    `);
    expect(conversation.mode).toMatchObject({ kind: 'reporting', sheet: { text: '灯杆漏电有人触电了' } });
  });

  it('上一步 goes back through it', () => {
    const from = play(['小区门口的路灯三天不亮了', place, '跳过']).conversation;
    const asked = ['哪个街道', '发一张照片', '在什么地方', '什么情况'];
    let conversation = from;
    for (const question of asked) {
      const heard = hearOnce(conversation, '上一步', sampleWorld());
      expect(heard.replies[0]).toContain(question);
      conversation = heard.conversation;
    }
  });
});

describe('several wishes in one message', () => {
  it('the first is answered, the others are offered until they are dealt with', () => {
    expect(play(['老年证怎么办，还有路灯三天不亮', '6', '路口那盏灯不亮', '梧桐路口', '跳过', '2', '1']).script)
      .toMatchInlineSnapshot(`
     "居民：老年证怎么办，还有路灯三天不亮
     邻里：「老年人优待证办理」
     谁能办：本区户籍、年满80周岁的老人
     多久办好：材料齐全，当场就办
     收费：不收费
     在哪办：在这里就能申请，也可以去街道党群服务中心综合窗口
     您想看哪一样？
     1. 要带的材料
     2. 办理步骤
     3. 现在就申请
     4. 去哪里办、几点上班、电话
     5. 条件、依据和投诉电话
     6. 另一件：路灯不亮与损坏
     回复数字就行。
     居民：6
     邻里：好的，我帮您反映「路灯不亮与损坏」。您说的只用来处理这件事。
     请说说是什么情况：出了什么问题，从什么时候开始的？
     居民：路口那盏灯不亮
     邻里：在什么地方？请点右下角的「+」发个位置，或者写清楚路名、小区和楼号。
     居民：梧桐路口
     邻里：有照片更好办：请发一张照片。没有就回复「跳过」。
     居民：跳过
     邻里：这件事发生在哪个街道？
     1. 桂花街道
     2. 梧桐街道
     回复数字就行。
     居民：2
     邻里：请您核对一下，还没有提交：
     问题：路灯不亮与损坏
     情况：路口那盏灯不亮
     地点：梧桐路口
     街道：梧桐街道
     照片：没有
     提交后由区城管局处理。都对吗？
     1. 提交
     2. 修改
     3. 取消
     回复数字就行。
     居民：1
     【openReport】
     邻里：您的「路灯不亮与损坏」已经提交。
     办件编号：2600000027
     由区城管局处理，3月17日前告诉您受理结果，3月26日前答复您。
     想知道办到哪一步，回复「进度」。有疑问打电话 0990-5550000。"
    `);
  });

  it('a report first: the other is offered when it is sent', () => {
    const { script } = play(['另外路灯和噪声都有问题，吵得很', '路口的灯三天不亮了', '桂花路', '跳过', '1', '1', '2']);
    expect(script.slice(script.indexOf('【openReport】'))).toMatchInlineSnapshot(`
     "【openReport】
     邻里：您的「路灯不亮与损坏」已经提交。
     办件编号：2600000027
     由区城管局处理，3月17日前告诉您受理结果，3月26日前答复您。
     想知道办到哪一步，回复「进度」。有疑问打电话 0990-5550000。
     邻里：您刚才还说到别的事，现在要看吗？
     1. 施工噪声扰民
     2. 先不看
     回复数字就行。
     居民：2
     邻里：好的。还有什么事，随时跟我说。"
    `);
  });
});
