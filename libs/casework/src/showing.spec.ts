import { newId, cursorOf, pageOf, positionOf } from '@linli/kernel';
import { maskApplicant, maskName, maskNumber, maskText } from './masking';
import { caseNumber, isCaseNumber } from './number';
import { isWithin, reachOf } from './reach';
import { item } from './samples';

describe('masking', () => {
  it.each([
    ['13912345678', '139****5678'],
    ['010-88886666', '010****6666'],
    ['11010519491231002X', '110105********002X'],
    ['6222020200012345678', '622202*********5678'],
    ['8888666', '****8666'],
  ])('%s as %s', (number, masked) => expect(maskNumber(number)).toBe(masked));

  it.each([
    ['打我电话13912345678，晚上在', '打我电话139****5678，晚上在'],
    ['139 1234 5678', '139****5678'],
    ['139-1234-5678', '139****5678'],
    ['１３９１２３４５６７８', '１３９****５６７８'],
    ['身份证11010519491231002x', '身份证110105********002x'],
    ['2026-03-10晚上10点到12点，3号楼502', '2026-03-10晚上10点到12点，3号楼502'],
    ['打12345没人接', '打12345没人接'],
  ])('in words: %s', (text, masked) => expect(maskText(text)).toBe(masked));

  it('keeps the surname, also of rare signs', () => {
    expect(maskName('王桂英')).toBe('王*');
    expect(maskName('𠮷野')).toBe('𠮷*');
    expect(maskApplicant({ name: '王桂英', address: '甲街道梧桐路18号3单元502室' })).toEqual({
      name: '王*',
      address: '甲街道梧桐路****',
    });
  });
});

describe('case numbers', () => {
  it('are a year, a serial of at least seven digits and a check digit', () => {
    expect(caseNumber('2026', '1')).toMatch(/^260000001\d$/);
    expect(caseNumber('2026', '123456789')).toMatch(/^26123456789\d$/);
  });

  it('show every single wrong digit', () => {
    const right = caseNumber('2026', '4711');
    const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
    const others = Array.from(right, (one, at) =>
      digits.filter((digit) => digit !== one).map((digit) => right.slice(0, at) + digit + right.slice(at + 1)),
    ).flat();
    expect(isCaseNumber(right)).toBe(true);
    expect(others.filter(isCaseNumber)).toEqual([]);
    expect(['', '26', `${right} `, 'x'.repeat(10)].filter(isCaseNumber)).toEqual([]);
  });
});

describe('reach', () => {
  const own = { subdistrictId: 's1', entry: item };
  const elsewhere = { subdistrictId: 's2', entry: item };
  const others = { subdistrictId: 's1', entry: { ...item, department: { id: 'urban', name: '城管' } } };

  it.each([
    ['clerk', 's1', null, [true, false, true]],
    ['clerk', null, null, [true, true, true]],
    ['dispatcher', 's2', null, [false, true, false]],
    ['department', 's1', 'civil', [true, true, false]],
    ['department', 's1', null, [false, false, false]],
    ['supervisor', 's1', 'civil', [true, false, true]],
    ['supervisor', null, 'civil', [true, true, true]],
    ['admin', null, null, [true, true, true]],
    ['assessor', null, 'civil', [false, false, false]],
    ['community', 's1', null, [false, false, false]],
    ['grid', 's1', null, [false, false, false]],
    ['leader', null, null, [true, true, true]],
  ])('%s of %s and %s', (role, subdistrictId, departmentId, seen) => {
    const reach = reachOf({ id: 'o', role, subdistrictId, departmentId });
    expect([own, elsewhere, others].map((filing) => isWithin(reach, filing))).toEqual(seen);
  });
});

describe('pages', () => {
  it('end with a cursor only where more follows', () => {
    const rows = [1, 2, 3].map((n) => ({ n, id: newId() }));
    const position = (row: { n: number; id: string }): { by: string; id: string } => ({ by: `d${row.n}`, id: row.id });
    const page = pageOf(rows, 2, (row) => row.n, position);
    expect(page).toEqual({ items: [1, 2], nextCursor: cursorOf(position(rows[1]!)) });
    expect(positionOf(page.nextCursor, /^d\d$/)).toEqual({ by: 'd2', id: rows[1]!.id });
    expect(pageOf(rows, 3, (row) => row.n, position).nextCursor).toBeNull();
  });

  it.each(['', 'x', Buffer.from('2026~x').toString('base64url'), Buffer.from(`x~${newId()}`).toString('base64url')])(
    'refuse the cursor "%s"',
    (cursor) => expect(() => positionOf(cursor, /^\d{4}-\d\d-\d\d$/)).toThrow('request.cursorInvalid'),
  );
});
