import { templateProblem } from './template-values';

describe('templateProblem', () => {
  it.each([
    ['thing1', '字'.repeat(20), null],
    ['thing1', '字'.repeat(21), 'data.thing1.value invalid'],
    ['thing2', '😀'.repeat(20), null],
    ['character_string3', 'A-2026-001', null],
    ['character_string3', '编号一', 'data.character_string3.value invalid'],
    ['phrase4', '已受理了吗', null],
    ['phrase4', '已经受理了吗', 'data.phrase4.value invalid'],
    ['time5', '2026-11-23 15:01', null],
    ['time5', '下午三点', 'data.time5.value invalid'],
    ['date6', '2026年11月23日', null],
    ['date6', '明天', 'data.date6.value invalid'],
    ['name7', '欧阳娜娜欧阳娜娜娜娜', null],
    ['name7', '欧阳娜娜欧阳娜娜娜娜娜', 'data.name7.value invalid'],
    ['number8', '12', null],
    ['number8', '十二', 'data.number8.value invalid'],
    ['amount9', '￥12.50', null],
    ['phone_number10', '0826-1234567', null],
    ['keyword1', '随意', null],
    ['thing1', '', 'data.thing1.value is empty'],
  ])('%s = %j gives %j', (key, value, problem) => {
    expect(templateProblem({ [key]: { value } })).toBe(problem);
  });

  it.each([null, 'x', [], { thing1: '裸值' }])('refuses data of shape %j', (data) => {
    expect(templateProblem(data)).not.toBeNull();
  });
});
