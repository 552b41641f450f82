import { identityNumber, parseLocalDate, phoneNumber, type LocalDate, type RefusalDetail } from '@linli/kernel';
import type { FormField } from '@linli/contracts';

/** A text as it is kept, or what is wrong with it in words the resident can act on. */
export type Checked = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string };

/** The longest text answer where the guide sets no bound. */
const textLongest = 500;
const yes = new Set(['是', '是的', '对', '有', 'yes', 'true']);
const no = new Set(['否', '不是', '不', '没有', '无', 'no', 'false']);

const good = (value: string): Checked => ({ ok: true, value });
const bad = (problem: string): Checked => ({ ok: false, problem });

/** Full-width digits and points made plain, spaces left out. */
function plainNumber(text: string): string {
  return text
    .replace(/[０-９．－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\s,，]/g, '');
}

function checkText(field: FormField, text: string): Checked {
  const length = Array.from(text).length;
  const most = field.max ?? textLongest;
  if (field.min !== undefined && length < field.min) return bad(`至少写${field.min}个字`);
  return length > most ? bad(`最多写${most}个字`) : good(text);
}

function checkNumber(field: FormField, text: string): Checked {
  const plain = plainNumber(text);
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return bad('请填一个数字');
  const value = Number(plain);
  if (field.min !== undefined && value < field.min) return bad(`不能小于${field.min}`);
  return field.max !== undefined && value > field.max ? bad(`不能大于${field.max}`) : good(plain);
}

function checkDate(text: string): Checked {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plainNumber(text));
  const [, year, month, day] = parts ?? [];
  const on = parseLocalDate(`${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`);
  return on ? good(on) : bad('请填一个真实的日期，例如2026-03-10');
}

function checkChoice(field: FormField, text: string): Checked {
  const choices = field.choices ?? [];
  return choices.includes(text) ? good(text) : bad(`请从这几项里选一项：${choices.join('、')}`);
}

function checkYesNo(text: string): Checked {
  const word = text.toLowerCase();
  if (yes.has(word)) return good('是');
  return no.has(word) ? good('否') : bad('请回答“是”或者“否”');
}

/** A phone number in its usual way of writing. */
export function checkPhone(text: string): Checked {
  const number = phoneNumber(text);
  return number ? good(number) : bad('电话号码不对：手机是11位数字，座机请带区号');
}

/** An identity number whose birthday is not in the future. */
export function checkIdNumber(text: string, today: LocalDate): Checked {
  const identity = identityNumber(text);
  return identity && identity.birthday <= today
    ? good(identity.number)
    : bad('身份证号不对：请照着证件核对18位号码，最后一位可能是X');
}

/** Checks one answer to a question of the guide; the value comes back as it is kept (`是`, `2026-03-10`, `13912345678`). */
export function checkAnswer(field: FormField, text: string, today: LocalDate): Checked {
  const trimmed = text.trim();
  if (trimmed === '') return field.required ? bad(`请填写“${field.label}”`) : good('');
  switch (field.type) {
    case 'text':
      return checkText(field, trimmed);
    case 'number':
      return checkNumber(field, trimmed);
    case 'date':
      return checkDate(trimmed);
    case 'choice':
      return checkChoice(field, trimmed);
    case 'yesNo':
      return checkYesNo(trimmed);
    case 'phone':
      return checkPhone(trimmed);
    case 'idNumber':
      return checkIdNumber(trimmed, today);
  }
}

/** Checks a whole form: the answers as they are kept, and every problem at `answers.<id>`, unknown questions included. */
export function checkAnswers(
  form: readonly FormField[],
  answers: Readonly<Record<string, string>>,
  today: LocalDate,
): { readonly values: Record<string, string>; readonly problems: RefusalDetail[] } {
  const values: Record<string, string> = {};
  const problems: RefusalDetail[] = [];
  const known = new Set(form.map((field) => field.id));
  for (const id of Object.keys(answers))
    if (!known.has(id)) problems.push({ at: `answers.${id}`, problem: '这个事项没有这个问题' });
  for (const field of form) {
    const given = Object.hasOwn(answers, field.id) ? answers[field.id] : undefined;
    // What is not given is missing, not wrong: the case is taken and the notice may ask for it (行政许可法 §32).
    if (given === undefined) continue;
    const checked = checkAnswer(field, given, today);
    if (!checked.ok) problems.push({ at: `answers.${field.id}`, problem: checked.problem });
    else if (checked.value !== '') values[field.id] = checked.value;
  }
  return { values, problems };
}
