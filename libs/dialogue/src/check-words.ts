/** Why an answer was not taken: one sentence that says what to do. */

export function wrongIdentity(length: number): string {
  return length > 0 && length !== 18
    ? `身份证号是18位，您发的是${length}位，请对照身份证再发一次。`
    : '这个身份证号好像有一位不对，请对照身份证再发一次。';
}

export function tooYoung(age: number, min: number, on: string): string {
  return `这件事要满${min}周岁才能办，按这个身份证号现在是${age}周岁，${on}起就可以来申请了。如果发错了，请再发一次；先不办就回复「取消」。`;
}

export function tooOld(age: number, max: number): string {
  return `这件事只办到${max}周岁，按这个身份证号现在是${age}周岁。如果发错了，请再发一次；先不办就回复「取消」。`;
}

export function wrongPhone(length: number): string {
  return length > 0 && length !== 11
    ? `手机号是11位，您发的是${length}位。座机请带上区号。请再发一次。`
    : '这个电话号码好像不对，请再看一看，重新发一次。座机请带上区号。';
}

export const lunarDate = '请说公历（阳历）的日子，例如：1940年3月5日。';
export const wrongDate = '没看懂是哪一天。请写清年、月、日，例如：1940年3月5日。';
export const wrongYesNo = '请回复「是」或者「不是」。';
export const wrongNumber = '请只发一个数字，例如：3。';
export const nothingRead = '没看到文字，请用文字写一下。';
export const wrongName = '请只写姓名，和身份证上一样，例如：王秀兰。';

export function wrongChoice(count: number): string {
  return `请从上面选一个，回复1到${count}的数字就行。`;
}

export function tooSmall(min: number): string {
  return `这个数不能小于${min}，请再看一看。`;
}

export function tooBig(max: number): string {
  return `这个数不能大于${max}，请再看一看。`;
}

export function tooShort(min: number): string {
  return `写得太短了，至少要${min}个字，请写完整一些。`;
}

export function tooLong(max: number): string {
  return `写得太长了，最多${max}个字，请写短一些。`;
}
