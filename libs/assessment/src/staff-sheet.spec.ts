import { staffCsv, staffXlsx } from './score-files.service';
import { staffSheet, staffTable, staffWithheld, type StaffMember } from './staff-sheet';
import type { Tally } from './score-sheet';

const unit = { id: 's1', name: '甲街道' };
const member = (id: string, name: string): StaffMember => ({ id, name, unit, subdistrictId: 's1' });
const tally = (id: string, facts: Tally['facts']): Tally => ({ subject: { id, name: '' }, facts });

describe('officers of a month', () => {
  const sheet = staffSheet(
    '2026-11',
    [
      tally('o2', { serviceEvents: 40, ratings: 20, ratedVerySatisfied: 10, ratedSatisfied: 7, ratedDissatisfied: 3 }),
      tally('o1', { serviceEvents: 9, ratings: 4, ratedVeryDissatisfied: 4, closed: 7, reopened: 2 }),
      tally('gone', { serviceEvents: 1 }),
    ],
    [member('o2', '乙'), member('o1', '甲'), member('o3', '丙')],
  );

  it('are listed by unit and name with what was said of them, never ranked', () => {
    expect(sheet.items.map(({ officer, services, ratings }) => [officer.id, services, ratings])).toEqual([
      ['o2', 40, 20],
      ['o1', 9, 4],
    ]);
    expect(sheet.items[0]!.said).toEqual({
      grades: { verySatisfied: 10, satisfied: 7, fairlySatisfied: 0, dissatisfied: 3, veryDissatisfied: 0 },
      satisfaction: 0.85,
      // Wilson, 17 of 20.
      interval: [expect.closeTo(0.6396, 4), expect.closeTo(0.9476, 4)],
    });
    expect(JSON.stringify(sheet)).not.toMatch(/rank|score"/);
  });

  it('of whom too few spoke are counted, and what was said is withheld', () => {
    const head = { officer: member('o1', '甲'), services: 9, ratings: 4, closed: 7, reopened: 2 };
    expect(sheet.items[1]).toEqual({ ...head, withheld: staffWithheld });
    expect(staffTable(sheet)[2]).toEqual([
      ...['2026-11', '甲街道', '甲', 'o1', '9', '4', '', '', '', '', '', '', '', ''],
      ...[staffWithheld, '7', '2'],
    ]);
  });

  it('are a file in CSV and a workbook, in which no name is a formula', async () => {
    const named = staffSheet('2026-11', [tally('o1', { serviceEvents: 1 })], [member('o1', '=1+1')]);
    expect(staffCsv(named)).toContain("'=1+1");
    const { readTable } = await import('@linli/platform');
    const { rows } = await readTable(await staffXlsx(named));
    expect(rows[0]!.cells).toMatchObject({ 姓名: '=1+1', 服务次数: '1', 说明: staffWithheld });
  });
});
