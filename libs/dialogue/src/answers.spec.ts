import type { FormField } from '@linli/contracts';
import type { LocalDate } from '@linli/kernel';
import { readAmount } from './amounts';
import { checkAnswer, type Question } from './answers';
import { commandOf, isAcknowledgement, isGreeting, isThanks, yesOrNo } from './commands';
import { dayInWords, readDate } from './dates';
import { chineseNumber, ordinalOf, pick } from './digits';
import { gradeOf } from './rating-question';
import { cleanText, fold, pagesOf, shorten } from './text';

const today = '2026-03-10' as LocalDate;

describe('numbers in Chinese', () => {
  it.each([
    ['五', 5],
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['一百零五', 105],
    ['三千五', 3500],
    ['一万二', 12_000],
    ['三万零五十', 30_050],
    ['二〇二五', 2025],
    ['一亿', 100_000_000],
    ['好', null],
    ['', null],
  ])('%s is %s', (text, value) => expect(chineseNumber(text)).toBe(value));
});

describe('a number from a list', () => {
  it.each([
    ['2', 2],
    ['２', 2],
    ['2.', 2],
    ['2、', 2],
    ['（2）', 2],
    ['②', 2],
    ['2️⃣', 2],
    ['二', 2],
    ['第二个', 2],
    ['第2项', 2],
    ['选2', 2],
    ['我选第二个吧', 2],
    ['12', 12],
    ['十二', 12],
    ['0', 0],
    ['两个', null],
    ['2026', null],
    ['2个人', null],
    ['第二天', null],
    ['一百二', null],
  ])('%s names %s', (text, number) => expect(ordinalOf(text)).toBe(number));

  const names = ['打到银行卡', '打到社保卡', '窗口自取', '还没有认定'];
  it.each([
    ['3', 2],
    ['第一个', 0],
    ['窗口自取', 2],
    ['窗口自取。', 2],
    ['3 窗口自取', 2],
    ['3. 窗口自取', 2],
    ['社保卡', 1],
    ['打到', null],
    ['5', null],
    ['0', null],
    ['2 窗口自取', null],
    ['卡', null],
    ['认定', null],
    ['还没有认定', 3],
    ['不要窗口自取', null],
    ['', null],
  ])('%j picks %s', (text, index) => expect(pick(text, names)).toBe(index));

  it('a choice whose name begins with a digit is meant by its name', () =>
    expect(pick('3年', ['1年', '3年', '5年'])).toBe(1));
});

describe('a date', () => {
  it.each([
    ['1940-03-05', '1940-03-05'],
    ['1940/3/5', '1940-03-05'],
    ['1940.3.5', '1940-03-05'],
    ['19400305', '1940-03-05'],
    ['1940年3月5日', '1940-03-05'],
    ['1940年3月5号', '1940-03-05'],
    ['1940 年 3 月 5 号', '1940-03-05'],
    ['１９４０年３月５日', '1940-03-05'],
    ['一九四〇年三月五号', '1940-03-05'],
    ['二零二五年十二月三十一日', '2025-12-31'],
    ['40年3月5号', '1940-03-05'],
    ['26年3月5号', '2026-03-05'],
    ['我是1940年3月5日生的', '1940-03-05'],
    ['3月5号', '2026-03-05'],
    ['3月5', '2026-03-05'],
    ['去年3月5号', '2025-03-05'],
    ['上个月28号', '2026-02-28'],
    ['5号', '2026-03-05'],
    ['今天', '2026-03-10'],
    ['昨天', '2026-03-09'],
    ['前天下午', '2026-03-08'],
    ['大前天', '2026-03-07'],
    ['后天', '2026-03-12'],
    ['三天前', '2026-03-07'],
    ['上周五', '2026-03-06'],
    ['下周一', '2026-03-16'],
    ['周日', '2026-03-15'],
    ['2026年2月30日', null],
    ['2026-13-01', null],
    ['1940年3月', null],
    ['1940', null],
    ['农历五月初五', null],
    ['不记得了', null],
    ['0001-01-01', null],
  ])('%s is %s', (text, date) => expect(readDate(text, today)).toBe(date));

  it.each([
    ['2026-03-17', '3月17日'],
    ['2027-01-04', '2027年1月4日'],
  ])('%s is said as %s', (date, words) => expect(dayInWords(date, today)).toBe(words));
});

describe('an amount', () => {
  it.each([
    ['3', 3],
    ['三口人', 3],
    ['80岁', 80],
    ['1,200元', 1200],
    ['３.５万', 35_000],
    ['三千五', 3500],
    ['大概一百二十平', 120],
    ['-5', -5],
    ['没有', null],
    ['3到5个', null],
    ['十几个', null],
    ['80多', null],
    ['', null],
  ])('%j is %s', (text, value) => expect(readAmount(text)).toBe(value));
});

describe('what a word means', () => {
  it.each([
    ['进度', 'progress'],
    ['查进度。', 'progress'],
    ['進度', 'progress'],
    ['取消吧', 'cancel'],
    ['不办了', 'cancel'],
    ['转人工', 'human'],
    ['请帮助', 'help'],
    ['繼續', 'continue'],
    ['稍後', 'later'],
    ['等会儿', 'later'],
    ['上一步', 'back'],
    ['没有', 'skip'],
    ['完成', 'done'],
    ['回到鄰里', 'home'],
    ['评价', 'rate'],
    ['补正', 'correct'],
    ['催一下', 'remind'],
    ['我要重办', 'reopen'],
    ['我想取消低保', null],
    ['constructor', null],
    ['', null],
  ])('%s is %s', (text, command) => expect(commandOf(text)).toBe(command));

  it.each([
    ['是', true],
    ['是的，本人', true],
    ['对', true],
    ['有', true],
    ['不是，我是她女儿', false],
    ['没有', false],
    ['不', false],
    ['不知道', null],
    ['是不是都行', null],
    ['王秀兰', null],
  ])('%s agrees: %s', (text, answer) => expect(yesOrNo(text)).toBe(answer));

  it.each([
    ['您好', [true, false, false]],
    ['你好，在吗', [true, false, false]],
    ['谢谢你啊', [false, true, false]],
    ['好的', [false, true, true]],
    ['你好，高龄津贴怎么领', [false, false, false]],
  ])('%s greets, thanks, acknowledges: %j', (text, expected) =>
    expect([isGreeting(text), isThanks(text), isAcknowledgement(text)]).toEqual(expected),
  );

  it.each([
    ['5', 'verySatisfied'],
    ['４', 'satisfied'],
    ['三', 'fairlySatisfied'],
    ['2分', 'dissatisfied'],
    ['一星', 'veryDissatisfied'],
    ['打5分', 'verySatisfied'],
    ['非常满意', 'verySatisfied'],
    ['5 非常满意', 'verySatisfied'],
    ['满意', 'satisfied'],
    ['不满意', 'dissatisfied'],
    ['非常不满意', 'veryDissatisfied'],
    ['5 不满意', null],
    ['第一个', null],
    ['0', null],
    ['6', null],
    ['还行', null],
    ['constructor', null],
  ])('%s grades %s', (text, grade) => expect(gradeOf(text)).toBe(grade));
});

describe('an answer', () => {
  const field = (type: FormField['type'], more: Partial<Question> = {}): Question => ({
    id: 'f',
    label: '项',
    ask: '问',
    type,
    required: true,
    ...more,
  });
  const elder = field('idNumber', { age: { min: 80 } });
  const name = field('text', { shape: 'personName' });

  it.each<[Question, string, string]>([
    [field('idNumber'), '110105194912310029', '有一位不对'],
    [field('idNumber'), '11010519380305002', '17位'],
    [elder, '110105195503050022', '现在是71周岁，2035年3月5日起'],
    [field('idNumber', { age: { max: 60 } }), '110105195503050022', '只办到60周岁'],
    [field('phone'), '139', '您发的是3位'],
    [field('phone'), '没有电话', '重新发一次'],
    [field('date'), '农历五月初五', '公历'],
    [field('date'), '很久以前', '没看懂'],
    [field('yesNo'), '不知道', '「是」或者「不是」'],
    [field('choice', { choices: ['甲', '乙'] }), '3', '1到2'],
    [field('number', { min: 1 }), '0', '不能小于1'],
    [field('number', { max: 20 }), '二十一', '不能大于20'],
    [field('text', { min: 12 }), '6222', '至少要12个字'],
    [field('text', { max: 3 }), '写得太多了', '最多3个字'],
    [field('text'), '😀', '没看到文字'],
    [name, '王', '只写姓名'],
    [name, '请问要多久', '只写姓名'],
    [name, '13912345678', '只写姓名'],
    [field('text', { shape: 'address' }), '家里', '至少要4个字'],
  ])('%j refuses %s and says why', (question, text, why) => {
    const checked = checkAnswer(question, text, today);
    expect(checked).toMatchObject({ ok: false, why: expect.stringContaining(why) });
  });

  it.each<[Question, string, string]>([
    [elder, '110105193803050025', '110105193803050025'],
    [elder, '我的身份证号是 110105 19380305 0025。', '110105193803050025'],
    [field('phone'), '139 1234 5678', '13912345678'],
    [field('phone'), '我的手机号是１３９１２３４５６７８', '13912345678'],
    [field('phone'), '010-88886666', '010-88886666'],
    [field('date'), '昨天', '2026-03-09'],
    [field('yesNo'), '不是，我是她女儿', '否'],
    [field('yesNo'), '1', '是'],
    [field('yesNo'), '没有', '否'],
    [field('choice', { choices: ['甲', '乙'], values: ['a', 'b'] }), '乙', 'b'],
    [field('number'), '三口人', '3'],
    [name, '我叫王秀兰。', '王秀兰'],
    [name, '阿依古丽•买买提', '阿依古丽·买买提'],
    [field('text', { shape: 'address' }), '桂花路18号', '桂花路18号'],
  ])('%j takes %s as %s', (question, text, value) =>
    expect(checkAnswer(question, text, today)).toEqual({ ok: true, value }),
  );
});

describe('text', () => {
  it.each([
    ['a\u0000b', 'a b'],
    ['\ud800好', '好'],
    ['一\r\n二', '一\n二'],
    ['\u202e反\u200b', '反'],
  ])('%j is cleaned to %j', (text, clean) => expect(cleanText(text)).toBe(clean));

  it('is compared without width, script and signs', () => expect(fold(' ２、繼續！😀')).toBe('2继续'));

  it('is never cut through a character', () => expect(shorten('一😀😀', 3)).toBe('一…'));

  it('goes on pages that together hold all of it', () => {
    const lines = ['一'.repeat(30), '二'.repeat(130), '三😀'.repeat(20), ''];
    const pages = pagesOf(lines, 50);
    expect(pages.every((page) => page.length <= 50)).toBe(true);
    expect(pages.join('').replaceAll('\n', '')).toBe(lines.join(''));
  });
});
