import { randomInt } from 'node:crypto';
import { splitText } from './split-text';

const bytes = (text: string): number => Buffer.byteLength(text);
const bare = (text: string): string => text.replace(/\s+/gu, '');

describe('splitText', () => {
  it('leaves a text that fits alone', () => {
    expect(splitText(' 您好\n')).toEqual([' 您好\n']);
    expect(splitText('字'.repeat(682))).toHaveLength(1);
    expect(splitText('字'.repeat(683))).toHaveLength(2);
  });

  it.each(['', ' ', '\n\n', ' '.repeat(5_000)])('makes no message of blank text', (blank) => {
    expect(splitText(blank)).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ['at a blank line', '甲甲甲甲。\n乙\n\n丙丙丙', ['甲甲甲甲。\n乙', '丙丙丙']],
    ['at a line`s end', '甲甲。甲甲甲\n乙乙乙乙乙', ['甲甲。甲甲甲', '乙乙乙乙乙']],
    ['after a sentence', '甲甲，甲甲！”乙乙乙乙', ['甲甲，甲甲！”', '乙乙乙乙']],
    ['after a Latin sentence', 'Aaaa. Bbbbbb bbbb bb? Cccccc', ['Aaaa. Bbbbbb bbbb bb?', 'Cccccc']],
    ['after a clause', '甲甲甲甲、乙乙乙乙乙乙', ['甲甲甲甲、', '乙乙乙乙乙乙']],
    ['nowhere better', '甲'.repeat(20), ['甲'.repeat(8), '甲'.repeat(8), '甲'.repeat(4)]],
    ['not after a list number', `${'甲'.repeat(5)}，1. 乙乙乙乙`, [`${'甲'.repeat(5)}，`, '1. 乙乙乙乙']],
    ['not within an address', '请看 http://a.cn/?b=c.d#e 好', ['请看', 'http://a.cn/?b=c.d#e 好']],
    ['not after 1、', '甲甲甲甲，1、乙乙乙乙', ['甲甲甲甲，', '1、乙乙乙乙']],
    ['rather late than at the best place', '甲\n\n乙乙乙。乙乙乙乙乙', ['甲\n\n乙乙乙。', '乙乙乙乙乙']],
  ])('cuts %s', (_name, text, pieces) => {
    expect(splitText(text, 25)).toEqual(pieces);
  });

  it('breaks no character', () => {
    const family = '👨‍👩‍👧‍👦';
    for (const piece of splitText(family.repeat(20), 60)) expect(bare(piece).replaceAll(family, '')).toBe('');
    for (const piece of splitText('e\u0301'.repeat(50), 20)) expect(piece).toMatch(/^(e\u0301)+$/);
    for (const piece of splitText('😀'.repeat(50), 7)) expect(piece).toBe('😀');
  });

  it('splits even a character that is too long, between code points', () => {
    const pieces = splitText(`e${'\u0301'.repeat(100)}`, 10);
    expect(pieces.join('')).toBe(`e${'\u0301'.repeat(100)}`);
    for (const piece of pieces) expect(bytes(piece)).toBeLessThanOrEqual(10);
  });

  it('loses nothing, exceeds nothing and sends nothing blank, whatever the text', () => {
    const parts = ['邻里', 'ab', ' ', '\n', '\n\n', '。', '? ', '，', '😀', '👩‍🚀', '1. ', '\uD800', 'é', '\u3000'];
    for (let round = 0; round < 500; round += 1) {
      const text = Array.from({ length: randomInt(400) }, () => parts[randomInt(parts.length)]).join('');
      const limit = randomInt(4, 300);
      const pieces = splitText(text, limit);
      expect(bare(pieces.join(''))).toBe(bare(text));
      for (const piece of pieces) {
        expect(bytes(piece)).toBeLessThanOrEqual(limit);
        expect(piece.trim()).not.toBe('');
        if (!text.includes('\uD800')) expect(piece).not.toMatch(/\p{Cs}/u);
      }
    }
  });

  it('fills messages at least half, so that the platform`s five suffice', () => {
    const line = '请带身份证、户口簿到三号窗口办理。\n';
    expect(splitText(line.repeat(180))).toHaveLength(Math.ceil((bytes(line) * 180) / 2_040));
  });

  it('wants room for one character', () => {
    expect(() => splitText('a', 3)).toThrow(RangeError);
  });
});
