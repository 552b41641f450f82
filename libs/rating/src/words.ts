import { Refusal } from '@linli/kernel';

const longest = 500;

/** Takes words an officer has to write; refuses none and too many. */
export function givenWords(at: string, text: string): string {
  const words = text.trim();
  if (words === '') throw new Refusal('rating.invalid', [{ at, problem: '请写明情况' }]);
  if (words.length > longest) throw new Refusal('rating.invalid', [{ at, problem: `最多写${longest}个字` }]);
  return words;
}

const fewestCompared = 6;

/** What two texts must share to count as copies: letters and digits alone; null when too short to say anything. */
export function comparable(text: string | null): string | null {
  const folded = (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return folded.length < fewestCompared ? null : folded;
}

/** Takes the moment and length of a call that has been made; refuses one that lies ahead. */
export function madeCall(calledAt: Date, seconds: number, now: Date): { calledAt: Date; seconds: number } {
  if (Number.isNaN(calledAt.getTime()) || calledAt > now)
    throw new Refusal('rating.invalid', [{ at: 'calledAt', problem: '通话时间不能晚于现在' }]);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 14_400)
    throw new Refusal('rating.invalid', [{ at: 'seconds', problem: '请写通话的秒数' }]);
  return { calledAt, seconds };
}
