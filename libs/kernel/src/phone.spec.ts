import { isPhone, phoneNumber } from './phone';

describe('phone numbers', () => {
  it.each([
    ['a mobile', '13912345678', '13912345678'],
    ['full-width digits', '１３９１２３４５６７８', '13912345678'],
    ['spaces and dashes', ' 139 1234-5678 ', '13912345678'],
    ['the country code', '+86 139 1234 5678', '13912345678'],
    ['the country code as dialled', '0086-19912345678', '19912345678'],
    ['a landline of Beijing', '01088886666', '010-88886666'],
    ['a landline with a Chinese dash', '（０７１０）－３２１４５６７', '0710-3214567'],
    ['a landline of eight digits', '0372 2345 6789', '0372-23456789'],
    ['a landline after the country code', '+86 27 8555 1234', '027-85551234'],
  ])('reads %s', (_what, text, number) => {
    expect(phoneNumber(text)).toBe(number);
    expect(isPhone(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['ten digits', '1391234567'],
    ['twelve digits', '139123456789'],
    ['a prefix nobody has', '12912345678'],
    ['a landline without its area code', '88886666'],
    ['seven digits after 010', '0108888666'],
    ['a local number beginning with one', '0710-1234567'],
    ['an identity number', '11010519491231002X'],
    ['words', '打我儿子的电话'],
    ['a number inside words', '电话13912345678'],
  ])('refuses %s', (_what, text) => expect(isPhone(text)).toBe(false));
});
