import { isElsewhere } from './rules/elsewhere';
import { isNoise } from './rules/noise';
import { isSmallTalk } from './rules/small-talk';

/** Tells whether a text is nobody's business here: noise, small talk, another city's matter. `plain` is not yet read as pinyin, `spoken` is. */
export function isIdle(plain: string, spoken: string, ownPlaces: ReadonlySet<string>): boolean {
  return isNoise(plain) || isSmallTalk(spoken) || isElsewhere(spoken, ownPlaces);
}
