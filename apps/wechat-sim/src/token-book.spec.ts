import { PlatformError } from './platform-error';
import { TokenBook } from './token-book';

function errcodeOf(call: () => unknown): number | null {
  try {
    call();
    return null;
  } catch (error) {
    return error instanceof PlatformError ? error.errcode : NaN;
  }
}

describe('TokenBook', () => {
  let now = 0;
  let book: TokenBook;
  beforeEach(() => {
    now = 1_000_000;
    book = new TokenBook(() => now);
  });

  it('gives the same stable token until five minutes before its end', () => {
    const first = book.stable('official', false);
    now += 6_899_000;
    expect(book.stable('official', false)).toEqual({ access_token: first.access_token, expires_in: 301 });
    now += 1_000;
    const second = book.stable('official', false);
    expect(second.access_token).not.toBe(first.access_token);
    expect(book.check(first.access_token)).toBe('official');
    now += 300_000;
    expect(errcodeOf(() => book.check(first.access_token))).toBe(40001);
    expect(book.check(second.access_token)).toBe('official');
  });

  it('keeps plain tokens apart from stable ones and replaces them at every call', () => {
    const stable = book.stable('mini', false).access_token;
    const first = book.plain('mini').access_token;
    book.plain('mini');
    now += 300_000;
    expect(errcodeOf(() => book.check(first))).toBe(40001);
    expect(book.check(stable)).toBe('mini');
  });

  it('tells missing, unknown and expired tokens apart', () => {
    const token = book.stable('official', false).access_token;
    expect(errcodeOf(() => book.check(undefined))).toBe(41001);
    expect(errcodeOf(() => book.check('made-up'))).toBe(40001);
    now += 7_200_000;
    expect(errcodeOf(() => book.check(token))).toBe(42001);
  });

  it('expires everything on demand and issues afresh', () => {
    const token = book.stable('official', false).access_token;
    book.expireAll();
    expect(errcodeOf(() => book.check(token))).toBe(42001);
    expect(book.stable('official', false).access_token).not.toBe(token);
  });

  it('limits forced refreshes to one in 30 s and 20 a day', () => {
    book.stable('official', true);
    expect(errcodeOf(() => book.stable('official', true))).toBe(45011);
    for (let i = 0; i < 19; i += 1) {
      now += 30_000;
      book.stable('official', true);
    }
    now += 30_000;
    expect(errcodeOf(() => book.stable('official', true))).toBe(45009);
  });
});
