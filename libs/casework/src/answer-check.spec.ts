import type { FormField } from '@linli/contracts';
import type { LocalDate } from '@linli/kernel';
import { checkAnswer, checkAnswers } from './answer-check';
import { guide } from './samples';

const today = '2026-03-10' as LocalDate;
const field = (changes: Partial<FormField> & Pick<FormField, 'type'>): FormField => ({
  id: 'f',
  label: '项目',
  ask: '问题？',
  required: true,
  ...changes,
});

describe('one answer', () => {
  it.each<[FormField, string, string]>([
    [field({ type: 'text' }), ' 邻安银行 ', '邻安银行'],
    [field({ type: 'text', min: 2, max: 2 }), '𠮷野', '𠮷野'],
    [field({ type: 'number', min: 1, max: 10 }), '１０', '10'],
    [field({ type: 'number' }), '1,200.50', '1200.50'],
    [field({ type: 'date' }), '2026-02-28', '2026-02-28'],
    [field({ type: 'date' }), '2026年2月8日', '2026-02-08'],
    [field({ type: 'date' }), '２０２６．２．８', '2026-02-08'],
    [field({ type: 'choice', choices: ['自取', '邮寄'] }), '邮寄', '邮寄'],
    [field({ type: 'yesNo' }), '不是', '否'],
    [field({ type: 'yesNo' }), 'True', '是'],
    [field({ type: 'phone' }), '+86 139 1234 5678', '13912345678'],
    [field({ type: 'idNumber' }), '11010519491231002x', '11010519491231002X'],
    [field({ type: 'text', required: false }), ' ', ''],
    [field({ type: 'number', required: false, min: 5 }), '', ''],
  ])('%o takes %s', (asked, text, value) => expect(checkAnswer(asked, text, today)).toEqual({ ok: true, value }));

  it.each<[FormField, string, string]>([
    [field({ type: 'text' }), '  ', '请填写“项目”'],
    [field({ type: 'text', min: 2 }), '𠮷', '至少写2个字'],
    [field({ type: 'text', max: 2 }), '三个字', '最多写2个字'],
    [field({ type: 'text' }), '字'.repeat(501), '最多写500个字'],
    [field({ type: 'number' }), '三个', '请填一个数字'],
    [field({ type: 'number' }), '1e5', '请填一个数字'],
    [field({ type: 'number', min: 1 }), '0.5', '不能小于1'],
    [field({ type: 'number', max: 10 }), '10.01', '不能大于10'],
    [field({ type: 'date' }), '2026-02-30', '请填一个真实的日期，例如2026-03-10'],
    [field({ type: 'date' }), '明天', '请填一个真实的日期，例如2026-03-10'],
    [field({ type: 'choice', choices: ['自取', '邮寄'] }), '快递', '请从这几项里选一项：自取、邮寄'],
    [field({ type: 'choice' }), '快递', '请从这几项里选一项：'],
    [field({ type: 'yesNo' }), '也许', '请回答“是”或者“否”'],
    [field({ type: 'phone' }), '1391234567', '电话号码不对：手机是11位数字，座机请带区号'],
    [field({ type: 'idNumber' }), '110105194912310021', '身份证号不对：请照着证件核对18位号码，最后一位可能是X'],
    // Born on 25 December of this very year.
    [field({ type: 'idNumber' }), '110105202612250026', '身份证号不对：请照着证件核对18位号码，最后一位可能是X'],
  ])('%o refuses %s', (asked, text, problem) =>
    expect(checkAnswer(asked, text, today)).toEqual({ ok: false, problem }),
  );
});

describe('a whole form', () => {
  it('keeps what was answered and leaves out what was left empty', () => {
    const answers = { isSelf: '是', bankName: ' 邻安银行', bankAccount: '' };
    expect(checkAnswers(guide.form, answers, today)).toEqual({
      values: { isSelf: '是', bankName: '邻安银行' },
      problems: [],
    });
  });

  it('names every problem, unknown questions included', () => {
    const answers = JSON.parse('{"__proto__":"x","hobby":"下棋","bankName":"行"}') as Record<string, string>;
    const { problems } = checkAnswers(guide.form, answers, today);
    expect(problems.map((problem) => problem.at)).toEqual(['answers.__proto__', 'answers.hobby', 'answers.bankName']);
  });

  it('does not take an inherited name for an answer', () => {
    const asked = [field({ type: 'text', id: 'toString' })];
    expect(checkAnswers(asked, {}, today)).toEqual({ values: {}, problems: [] });
    const blank = checkAnswers(asked, { toString: '' }, today);
    expect(blank.problems).toHaveLength(1);
  });
});
