import type { CategoryTree } from './category';

/** Searches of some days that found nothing, without a position or a person. */
export interface Unmet {
  readonly communityId: string;
  readonly subdistrictId: string;
  /** Id of a category or a service, or `any`; behind a comma what it had to be as well. */
  readonly sought: string;
  readonly count: number;
}

/** The same, with what was sought in words as far as they are known. */
export interface NamedUnmet extends Unmet {
  readonly soughtName: string;
}

const also: Readonly<Record<string, string>> = { bookable: '能预约', free: '当时有空位' };

export function named(unmet: Unmet, categories: CategoryTree): NamedUnmet {
  const [what = '', ...more] = unmet.sought.split(', ');
  const name = what === 'any' ? '任何地方' : (categories.find(what)?.leaf.name ?? what);
  const how = more.map((word) => also[word] ?? word);
  return { ...unmet, soughtName: how.length === 0 ? name : `${name}（${how.join('、')}）` };
}
