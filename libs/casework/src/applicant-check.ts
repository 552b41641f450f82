import { ageOn, identityNumber, type LocalDate, type RefusalDetail } from '@linli/kernel';
import type { Applicant, ApplicantField, Principal, ServiceGuide } from '@linli/contracts';
import { checkIdNumber, checkPhone, type Checked } from './answer-check';

type AgeBounds = ServiceGuide['age'];

/** Letters of any script, the rare signs of some Chinese names included, and the dots and hyphens within names. */
const nameShape = /^[\p{L}\p{M}\p{Co}·•.\s'’-]{2,50}$/u;
const relationLongest = 20;

const good = (value: string): Checked => ({ ok: true, value });
const bad = (problem: string): Checked => ({ ok: false, problem });

function checkName(text: string): Checked {
  return nameShape.test(text) ? good(text.replace(/\s+/g, ' ')) : bad('请填身份证上的姓名，2到50个字，不带数字和符号');
}

function checkAddress(text: string): Checked {
  const length = Array.from(text).length;
  return length >= 4 && length <= 200 ? good(text) : bad('请填详细一点的地址，4到200个字');
}

function checkAge(idNumber: string, today: LocalDate, age: AgeBounds): Checked {
  const identity = identityNumber(idNumber);
  if (!age || !identity) return good(idNumber);
  const years = ageOn(identity.birthday, today);
  if (age.min !== undefined && years < age.min)
    return bad(`这个事项要年满${age.min}周岁才能申请，按身份证号算现在是${years}周岁`);
  if (age.max !== undefined && years > age.max)
    return bad(`这个事项限${age.max}周岁及以下申请，按身份证号算现在是${years}周岁`);
  return good(idNumber);
}

const emptyProblems: Record<ApplicantField, string> = {
  name: '请填写姓名',
  idNumber: '请填写身份证号',
  phone: '请填写电话号码',
  address: '请填写住址',
};

/** Checks one fact of the applicant; with age bounds the birthday in the identity number must lie within them today. */
export function checkApplicantField(field: ApplicantField, text: string, today: LocalDate, age?: AgeBounds): Checked {
  const trimmed = text.trim();
  if (trimmed === '') return bad(emptyProblems[field]);
  if (field === 'name') return checkName(trimmed);
  if (field === 'phone') return checkPhone(trimmed);
  if (field === 'address') return checkAddress(trimmed);
  const checked = checkIdNumber(trimmed, today);
  return checked.ok ? checkAge(checked.value, today, age) : checked;
}

/**
 * Checks all the guide asks of the applicant, name and phone always. What the guide does not ask for is not kept
 * (个人信息保护法 §6). The age bounds bind whoever the matter is for.
 */
export function checkApplicant(
  given: Applicant,
  guide: Pick<ServiceGuide, 'applicant' | 'age'>,
  isForAnother: boolean,
  today: LocalDate,
): { readonly applicant: Applicant; readonly problems: RefusalDetail[] } {
  const fields = new Set<ApplicantField>(['name', ...guide.applicant, 'phone']);
  const problems: RefusalDetail[] = [];
  const kept: { -readonly [F in keyof Applicant]: Applicant[F] } = { name: '' };
  for (const field of fields) {
    // A name and a way to be reached are the least; the rest is missing, not wrong, when it is not given.
    if (given[field] === undefined && field !== 'name' && field !== 'phone') continue;
    const checked = checkApplicantField(field, given[field] ?? '', today, isForAnother ? undefined : guide.age);
    if (checked.ok) kept[field] = checked.value;
    else problems.push({ at: `applicant.${field}`, problem: checked.problem });
  }
  return { applicant: kept, problems };
}

/** Checks 帮代办's other person; their number is not demanded here, but when given it must be right and of the right age. */
export function checkPrincipal(
  given: Principal,
  age: AgeBounds,
  today: LocalDate,
): { readonly principal: Principal; readonly problems: RefusalDetail[] } {
  const name = checkApplicantField('name', given.name, today);
  const idNumber = given.idNumber ? checkApplicantField('idNumber', given.idNumber, today, age) : null;
  const relation = given.relation?.trim() ?? '';
  const problems: RefusalDetail[] = [];
  if (!name.ok) problems.push({ at: 'agentFor.name', problem: name.problem });
  if (idNumber && !idNumber.ok) problems.push({ at: 'agentFor.idNumber', problem: idNumber.problem });
  if (relation.length > relationLongest)
    problems.push({ at: 'agentFor.relation', problem: `关系最多写${relationLongest}个字` });
  const principal = {
    name: name.ok ? name.value : '',
    ...(idNumber?.ok && { idNumber: idNumber.value }),
    ...(relation !== '' && { relation }),
  };
  return { principal, problems };
}
