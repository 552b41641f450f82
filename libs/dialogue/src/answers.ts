import { ageOn, identityNumber, phoneNumber, type LocalDate } from '@linli/kernel';
import type { FormField } from '@linli/contracts';
import { readAmount } from './amounts';
import { yesOrNo } from './commands';
import { dayInWords, isLunar, readDate } from './dates';
import { pick } from './digits';
import { fold } from './text';
import * as words from './check-words';

/** One question of a form as it is asked: a field of the guide, or a fact of the applicant. */
export interface Question extends FormField {
  /** For `choice`: what is kept, when it is not the name shown. */
  readonly values?: readonly string[];
  /** Completed years the owner of the identity number must have. */
  readonly age?: { readonly min?: number; readonly max?: number };
  /** What kind of text is asked for. */
  readonly shape?: 'personName' | 'address';
}

/** An answer as it is kept, or why it is none, in a sentence for the resident. */
export type Checked = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly why: string };

const taken = (value: string): Checked => ({ ok: true, value });
const refused = (why: string): Checked => ({ ok: false, why });
const textMax = 500;

/** Reads an answer to a question. Kept are: a date as `YYYY-MM-DD`, yes and no as `是` and `否`, a number in plain digits. */
export function checkAnswer(question: Question, text: string, today: LocalDate): Checked {
  switch (question.type) {
    case 'idNumber':
      return checkIdentity(question, text, today);
    case 'phone':
      return checkPhone(text);
    case 'date':
      return checkDate(text, today);
    case 'yesNo':
      return checkYesNo(text);
    case 'choice':
      return checkChoice(question, text);
    case 'number':
      return checkNumber(question, text);
    case 'text':
      return checkText(question, text);
  }
}

function checkIdentity(question: Question, text: string, today: LocalDate): Checked {
  const plain = text.normalize('NFKC').replace(/[\s\-_.·]/g, '');
  const within = /(?<!\d)\d{17}[\dXx](?!\d)/.exec(plain)?.[0] ?? plain;
  const read = identityNumber(within);
  if (!read || read.birthday > today) return refused(words.wrongIdentity(/\d+[Xx]?/.exec(plain)?.[0].length ?? 0));
  const age = ageOn(read.birthday, today);
  const { min, max } = question.age ?? {};
  if (min !== undefined && age < min) return refused(words.tooYoung(age, min, birthdayAt(read.birthday, min, today)));
  if (max !== undefined && age > max) return refused(words.tooOld(age, max));
  return taken(read.number);
}

function birthdayAt(birthday: LocalDate, age: number, today: LocalDate): string {
  return dayInWords(`${Number(birthday.slice(0, 4)) + age}${birthday.slice(4)}`, today);
}

function checkPhone(text: string): Checked {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  const within = /(?<![\d-])(?:\+?86)?1[3-9]\d(?:-?\d{4}){2}(?![\d-])/.exec(plain)?.[0];
  const read = phoneNumber(text) ?? (within === undefined ? null : phoneNumber(within));
  return read === null ? refused(words.wrongPhone(plain.replace(/\D/g, '').length)) : taken(read);
}

function checkDate(text: string, today: LocalDate): Checked {
  const read = readDate(text, today);
  if (read !== null) return taken(read);
  return refused(isLunar(text) ? words.lunarDate : words.wrongDate);
}

function checkYesNo(text: string): Checked {
  const chosen = pick(text, ['是', '不是']);
  const read = chosen === null ? yesOrNo(text) : chosen === 0;
  return read === null ? refused(words.wrongYesNo) : taken(read ? '是' : '否');
}

function checkChoice(question: Question, text: string): Checked {
  const choices = question.choices ?? [];
  const chosen = pick(text, choices);
  const value = chosen === null ? undefined : (question.values ?? choices)[chosen];
  return value === undefined ? refused(words.wrongChoice(choices.length)) : taken(value);
}

function checkNumber(question: Question, text: string): Checked {
  const read = readAmount(text);
  if (read === null) return refused(words.wrongNumber);
  const { min, max } = question;
  if (min !== undefined && read < min) return refused(words.tooSmall(min));
  if (max !== undefined && read > max) return refused(words.tooBig(max));
  return taken(String(read));
}

const asking = /[?？]|请问|怎么|什么|为什么|多少|多久|几天|我想|我要|办理|能不能|可不可以|[吗呢]$/;

function checkText(question: Question, text: string): Checked {
  const said = text.trim();
  if (fold(said) === '') return refused(words.nothingRead);
  if (question.shape === 'personName') return checkName(said);
  const { min = question.shape === 'address' ? 4 : 1, max = textMax } = question;
  const length = Array.from(said).length;
  if (length < min) return refused(words.tooShort(min));
  return length > max ? refused(words.tooLong(max)) : taken(said);
}

function checkName(text: string): Checked {
  const name = text
    .replace(/^(?:我叫|名字是|名字叫|姓名是|姓名|叫)[:：]?\s*/, '')
    .replace(/[\s。，,.！!]+$/, '')
    .replace(/[•・‧∙.]/g, '·');
  // Rare signs of some Chinese names stand in the private area of Unicode.
  const isName = /^[\p{L}\p{M}\p{Co}·\s'’-]{2,40}$/u.test(name);
  return isName && !asking.test(name) ? taken(name) : refused(words.wrongName);
}

/** Whether the question takes free words, so that nearly anything said would pass for an answer. */
export function isOpenQuestion(question: Question): boolean {
  return question.type === 'text';
}
