import { splitReply, textRuns } from './bubble-text';

describe('splitReply', () => {
  it.each([
    [
      '您要办哪一项？\n1. 高龄津贴申领\n2. 老年人优待证办理\n都不是请再说一遍。',
      ['1', '2'],
      '您要办哪一项？',
      '都不是请再说一遍。',
    ],
    ['找到两项：\n1．低保申请\n2．临时救助\n\n回复数字选择。', ['1', '2'], '找到两项：', '回复数字选择。'],
    ['您想：\n1、了解怎么办\n2、现在就办\n请选一个', ['1', '2'], '您想：', '请选一个'],
  ])('takes a list that asks: %j', (text, digits, before, after) => {
    const parts = splitReply(text);
    expect(parts.choices.map((choice) => choice.digit)).toEqual(digits);
    expect(parts).toMatchObject({ before, after });
  });

  it('takes the five grades, best first, whatever stands around them', () => {
    const parts = splitReply('办件已办结。\n5 非常满意\n4 满意\n3 基本满意\n2 不满意\n1 非常不满意');
    expect(parts.choices.map(({ digit, label }) => digit + label)).toEqual([
      '5非常满意',
      '4满意',
      '3基本满意',
      '2不满意',
      '1非常不满意',
    ]);
    expect(parts.before).toBe('办件已办结。');
  });

  it.each([
    ['材料：\n1. 身份证原件\n2. 户口簿\n到窗口即可办理。'],
    ['您看还缺哪一项？\n2. 身份证\n3. 户口簿'],
    ['选好了吗？\n我们九点上班。'],
    ['需要什么我都可以查，您可以选。\n\n办理步骤：\n1. 受理\n2. 审核'],
  ])('leaves steps, materials and plain words as text: %j', (text) => {
    expect(splitReply(text)).toEqual({ before: text, choices: [], after: '' });
  });

  it('takes the last list when materials come before the question', () => {
    const text = '材料：\n1. 身份证\n2. 户口簿\n\n接下来您要哪一个？\n1. 现在申请\n2. 预约窗口';
    expect(splitReply(text).choices.map((choice) => choice.label)).toEqual(['现在申请', '预约窗口']);
    expect(splitReply(text).before).toContain('2. 户口簿');
  });
});

describe('textRuns', () => {
  it('keeps markup as text', () => {
    const text = '<img src=x onerror=alert(1)> <b>粗</b>';
    expect(textRuns(text)).toEqual([{ text }]);
  });

  it.each([
    [
      '<a href="https://example.gov.cn/a?x=1&amp;y=2">看指南</a>',
      { text: '看指南', href: 'https://example.gov.cn/a?x=1&y=2' },
    ],
    ["<a href='/docs'>文档</a>", { text: '文档', href: '/docs' }],
    [
      '<a href="weixin://bizmsgmenu?msgmenucontent=进度&msgmenuid=m1">查进度</a>',
      { text: '查进度', say: { text: '进度', menuId: 'm1' } },
    ],
  ])('recognises %s', (text, run) => {
    expect(textRuns(`先${text}后`)).toEqual([{ text: '先' }, run, { text: '后' }]);
  });

  it.each([
    ['<a href="javascript:alert(1)">点我</a>'],
    ['<a href="//evil.example">点我</a>'],
    ['<a href="/\\evil.example">点我</a>'],
    ['<a href="data:text/html,x">点我</a>'],
    ['<a data-miniprogram-appid="wx1" data-miniprogram-path="pages/a">点我</a>'],
  ])('keeps only the words of %s', (text) => {
    expect(textRuns(text)).toEqual([{ text: '点我' }]);
  });

  it.each([
    ['网址 https://example.gov.cn/guide。', 'https://example.gov.cn/guide'],
    ['电话 0826-1234567，工作日', 'tel:0826-1234567'],
    ['请立即拨打119！', 'tel:119'],
    ['手机 13800000000', 'tel:13800000000'],
  ])('recognises bare addresses and numbers in %s', (text, href) => {
    expect(textRuns(text).map((run) => run.href)).toContain(href);
    expect(
      textRuns(text)
        .map((run) => run.text)
        .join(''),
    ).toBe(text);
  });

  it.each([['办件编号：20261123000012'], ['共110元'], ['身份证 510000190001011234']])('leaves %s alone', (text) => {
    expect(textRuns(text)).toEqual([{ text }]);
  });
});
