import type { FactValues } from './facts';
import type { CommunityCount } from './scheme';
import { total } from './sum';

/** One thing counted for a community. */
export interface CommunityFigure {
  readonly id: string;
  readonly name: string;
  /** Up to the cap. */
  readonly value: number;
  readonly cap: number;
  /** Beyond the cap: what should not have been asked of it (社区减负). */
  readonly over: number;
}

/** A community as it stands on a sheet: counted, without a score and without a place. */
export interface CommunityItem {
  readonly subject: { readonly id: string; readonly name: string };
  readonly counted: readonly CommunityFigure[];
}

interface Counted {
  readonly subject: CommunityItem['subject'];
  readonly facts: FactValues;
  readonly isCommunity?: true;
}

/** The communities among those counted for, in the order they come: no order of merit. */
export function communitiesOf(tallies: readonly Counted[], counts: readonly CommunityCount[]): CommunityItem[] {
  return tallies
    .filter((tally) => tally.isCommunity)
    .map(({ subject, facts }) => ({
      subject,
      counted: counts.map(({ id, name, counts: parts, cap }) => {
        const counted = Math.max(0, total(parts, facts));
        return { id, name, value: Math.min(counted, cap), cap, over: Math.max(0, counted - cap) };
      }),
    }));
}

/** A community's counts in words; what is beyond a cap is said. */
export function communityWords({ counted }: CommunityItem): string {
  return counted
    .map(({ name, value, cap, over }) => `${name}${value}件（上限${cap}件${over > 0 ? `，另超出${over}件` : ''}）`)
    .join('，');
}
