import { Refusal } from '@linli/kernel';

const longest = 500;

/** Words an officer or a resident must give for what they do; refuses none, and too many. */
export function givenWords(at: string, words: string): string {
  const given = words.trim();
  if (given === '') throw new Refusal('case.invalid', [{ at, problem: '请写明原因，让对方看得懂' }]);
  if (given.length > longest) throw new Refusal('case.invalid', [{ at, problem: `最多写${longest}个字` }]);
  return given;
}
