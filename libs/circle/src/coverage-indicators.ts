import type { CoverageFacts } from './coverage-facts';

/** One figure of document 004 for one subdistrict, with what it should be. */
export interface Indicator {
  readonly id: 'exerciseSpots' | 'exerciseCommunities' | 'sportsAreaPerPerson';
  readonly name: string;
  readonly subdistrictId: string;
  readonly subdistrictName: string;
  /** Null where nothing is known to divide by. */
  readonly value: number | null;
  readonly target: number;
  readonly isMet: boolean;
}

/** 文件004: 晨晚练点每街道 5 个以上, 80 % 以上社区有, 人均体育场地 1.6 平方米以上. */
const targets = { exerciseSpots: 5, exerciseCommunities: 0.8, sportsAreaPerPerson: 1.6 } as const;

const names = {
  exerciseSpots: '晨晚练点个数',
  exerciseCommunities: '有晨晚练点的社区占比',
  sportsAreaPerPerson: '人均体育场地面积（平方米）',
} as const;

export function coverageIndicators({ subdistricts, communities, facilities, points }: CoverageFacts): Indicator[] {
  return subdistricts.flatMap((subdistrict) => {
    const own = facilities.filter((one) => one.subdistrictId === subdistrict.id);
    const parts = communities.filter((one) => one.subdistrictId === subdistrict.id);
    const withSpot = parts.filter((part) => own.some((one) => one.communityId === part.id && one.exerciseSpots > 0));
    const people = points.reduce((all, one) => all + (one.subdistrictId === subdistrict.id ? one.population : 0), 0);
    const area = own.reduce((all, one) => all + one.sportsArea, 0);
    const values = {
      exerciseSpots: own.reduce((all, one) => all + one.exerciseSpots, 0),
      exerciseCommunities: parts.length === 0 ? null : rounded(withSpot.length / parts.length),
      sportsAreaPerPerson: people === 0 ? null : rounded(area / people),
    };
    return (['exerciseSpots', 'exerciseCommunities', 'sportsAreaPerPerson'] as const).map((id) => ({
      id,
      name: names[id],
      subdistrictId: subdistrict.id,
      subdistrictName: subdistrict.name,
      value: values[id],
      target: targets[id],
      isMet: isMet(id, values[id]),
    }));
  });
}

/** The area must be more than its target, the others at least theirs. */
function isMet(id: Indicator['id'], value: number | null): boolean {
  if (value === null) return false;
  return id === 'sportsAreaPerPerson' ? value > targets[id] : value >= targets[id];
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
