import { identityNumber } from './identity-number';

describe('identity numbers', () => {
  it.each([
    ['the example of GB 11643', '11010519491231002X', '1949-12-31', 'female'],
    ['its other example', '440524188001010014', '1880-01-01', 'male'],
    ['a small x', '11010519491231002x', '1949-12-31', 'female'],
    ['full-width signs', '１１０１０５１９４９１２３１００２Ｘ', '1949-12-31', 'female'],
    ['spaces and dashes', '110105 1949-1231 002X', '1949-12-31', 'female'],
    ['a permit of Hong Kong', '810000199408230021', '1994-08-23', 'female'],
    ['a permit of Macau', '820000199011050032', '1990-11-05', 'male'],
    ['a permit of Taiwan', '830000199201300022', '1992-01-30', 'female'],
    ['a foreigner', '911840198001010013', '1980-01-01', 'male'],
  ])('reads %s', (_what, text, birthday, sex) => {
    expect(identityNumber(text)).toEqual({ number: expect.stringMatching(/^\d{17}[\dX]$/), birthday, sex });
  });

  it.each([
    ['nothing', ''],
    ['a wrong check sign', '110105194912310021'],
    ['two digits changed over', '11010519491213002X'],
    ['fifteen digits, void since 2013', '110105491231002'],
    ['a birthday that never was', '110105194902310026'],
    ['an issuing place that is none', '710105194912310021'],
    ['a letter inside', '1101051949123X002X'],
    ['words', '我的身份证号'],
  ])('refuses %s', (_what, text) => expect(identityNumber(text)).toBeNull());

  it('finds every single wrong digit', () => {
    const right = '440524188001010014';
    const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
    const wrong = Array.from(right, (digit, at) =>
      digits.filter((other) => other !== digit).map((other) => right.slice(0, at) + other + right.slice(at + 1)),
    ).flat();
    expect(wrong.filter((text) => identityNumber(text) !== null)).toEqual([]);
  });
});
