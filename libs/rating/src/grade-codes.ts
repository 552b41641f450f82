import { grades, type Grade, type RatingChannel } from '@linli/contracts';

/** Two systems that count in opposite directions: GB/T 39046-2020 A.8 has 1 = 非常满意, provincial interfaces 5. */
export type GradeCodeSystem = 'gbt39046' | 'provincial';

/** The digit a system knows a grade by. */
export function gradeCode(system: GradeCodeSystem, grade: Grade): string {
  const fromBest = grades.indexOf(grade) + 1;
  return String(system === 'gbt39046' ? fromBest : grades.length + 1 - fromBest);
}

/** The grade behind a system's digit; null when the system has no such digit. */
export function gradeOfCode(system: GradeCodeSystem, code: string): Grade | null {
  return grades.find((grade) => gradeCode(system, grade) === code) ?? null;
}

/** 差评: the two worst grades. */
export function isBad(grade: Grade): boolean {
  return grade === 'dissatisfied' || grade === 'veryDissatisfied';
}

/** GB/T 39046-2020 table 9: 1 PC, 2 移动端, 3 二维码, 4 大厅平板, 5 大厅其他, 6 电话, 7 短信. */
export const channelCodes: Readonly<Record<RatingChannel, string>> = {
  chat: '2',
  miniProgram: '2',
  windowQr: '3',
  hallTablet: '4',
  phoneCallback: '6',
  sms: '7',
};
