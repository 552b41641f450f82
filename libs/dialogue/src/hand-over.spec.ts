import { isAnswered, type HandOverLine } from './hand-over';

const at = new Date('2026-11-10T02:00:00Z');
/** `他：` is the resident, `官：` the officer, `图` a picture without words. */
const lines = (...said: readonly string[]): HandOverLine[] =>
  said.map((line) => {
    const who = line.startsWith('官：') ? 'officer' : 'resident';
    const words = line.slice(2);
    return { who, words: words === '图' ? '' : words, mediaIds: words === '图' ? ['m1'] : [], at };
  });

describe('an enquiry', () => {
  it.each([
    ['他：低保的事说不清', '官：带上户口本来大厅。'],
    ['他：人工', '他：我妈的医保断缴了怎么补', '官：到3号窗口补缴。', '他：好的，谢谢'],
    ['他：我想问问公租房到期怎么续租，转人工', '官：提前三个月来申请。'],
    ['他：人工', '官：您好，请讲。', '他：图', '官：这是过期的证，要换新的。'],
    ['他：（正在办高龄津贴申领）卡号填错了怎么改', '官：我帮您改。'],
  ])('is answered: %s %s', (...said) => expect(isAnswered({ reason: 'asked' }, lines(...said))).toBe(true));

  it.each([
    ['nobody answered', ['他：低保的事说不清']],
    ['it was asked after the last answer', ['他：人工', '官：您好，请讲。', '他：低保怎么办']],
    ['only a person was wished for', ['他：我要找真人说话', '官：您好，请讲。']],
    ['a form was left for a person', ['他：（正在办高龄津贴申领）人工', '官：您好，请讲。']],
    ['only greetings went to and fro', ['他：人工', '他：在吗', '官：在的。', '他：好的，谢谢']],
    ['a misclick was taken back', ['他：人工', '官：您好，请讲。', '他：取消']],
    ['only signs were sent', ['他：。。。', '官：您好，请讲。']],
    ['the officer spoke first and alone', ['官：您好，请讲。']],
  ])('is not: %s', (_why, said) => expect(isAnswered({ reason: 'asked' }, lines(...said))).toBe(false));

  it('that Linli did not understand was asked with the first words', () =>
    expect(isAnswered({ reason: 'notUnderstood' }, lines('他：工作人员不在', '官：今天休息。'))).toBe(true));
});
