import { grades, type Grade } from '@linli/contracts';
import { gradeFacts } from './facts';
import type { Subject, Tally } from './score-sheet';
import { wilsonInterval } from './wilson';

/** An officer as the directory knows them. */
export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly unit: Subject | null;
  readonly subdistrictId: string | null;
}

/** What residents said of one officer's services, and whether what the officer closed stayed closed. */
export interface StaffScore {
  readonly officer: StaffMember;
  readonly services: number;
  readonly ratings: number;
  /** 办结: cases this officer closed in the month. */
  readonly closed: number;
  /** 办结后重办: closures of this officer's that did not hold, by the month they were taken up again in. */
  readonly reopened: number;
  /** How many of each grade, the share of the upper three with its 95 % interval; absent where too few spoke. */
  readonly said?: {
    readonly grades: Readonly<Record<Grade, number>>;
    readonly satisfaction: number;
    readonly interval: readonly [number, number];
  };
  readonly withheld?: string;
}

/** A month's officers, by unit and name: for appraisal by those over them, and no order of merit. */
export interface StaffSheet {
  readonly period: string;
  readonly items: readonly StaffScore[];
}

/** With fewer ratings an officer would know who said what. */
const fewest = 5;
export const staffWithheld = `评价不到${fewest}条，看得出是谁评的，所以不显示`;

/** The sheet of those the directory knows, from what was counted for them. */
export function staffSheet(period: string, tallies: readonly Tally[], members: readonly StaffMember[]): StaffSheet {
  const facts = new Map(tallies.map((tally) => [tally.subject.id, tally.facts]));
  const items = members.flatMap((officer): StaffScore[] => {
    const counted = facts.get(officer.id);
    if (!counted) return [];
    const { serviceEvents: services = 0, ratings = 0, closed = 0, reopened = 0 } = counted;
    const head = { officer, services, ratings, closed, reopened };
    if (ratings < fewest) return [{ ...head, withheld: staffWithheld }];
    const of = (grade: Grade): number => counted[gradeFacts[grade]] ?? 0;
    const content = of('verySatisfied') + of('satisfied') + of('fairlySatisfied');
    const said = {
      grades: Object.fromEntries(grades.map((grade) => [grade, of(grade)])) as Record<Grade, number>,
      satisfaction: content / ratings,
      interval: wilsonInterval(content, ratings),
    };
    return [{ ...head, said }];
  });
  const key = ({ officer }: StaffScore): string => `${officer.unit?.id ?? ''} ${officer.name} ${officer.id}`;
  return { period, items: items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

const gradeNames: Readonly<Record<Grade, string>> = {
  verySatisfied: '非常满意',
  satisfied: '满意',
  fairlySatisfied: '基本满意',
  dissatisfied: '不满意',
  veryDissatisfied: '非常不满意',
};

/** The sheet as rows of a spreadsheet, header first. */
export function staffTable({ period, items }: StaffSheet): string[][] {
  return [
    [
      ...['月份', '单位', '姓名', '编号', '服务次数', '评价数'],
      ...grades.map((grade) => gradeNames[grade]),
      ...['满意率', '满意率下限（95%）', '满意率上限（95%）', '说明', '办结件数', '办结后重办'],
    ],
    ...items.map(({ officer, services, ratings, closed, reopened, said, withheld = '' }) => [
      ...[period, officer.unit?.name ?? '', officer.name, officer.id, String(services), String(ratings)],
      ...grades.map((grade) => (said ? String(said.grades[grade]) : '')),
      ...(said ? [said.satisfaction, ...said.interval].map((share) => share.toFixed(4)) : ['', '', '']),
      ...[withheld, String(closed), String(reopened)],
    ]),
  ];
}
