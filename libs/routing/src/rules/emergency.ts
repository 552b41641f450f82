import { dangers } from './emergency-signs';

/** The number to call and what to do first. */
export interface Emergency {
  readonly call: string;
  readonly advice: string;
}

/** Tells whether somebody is in danger now; a fear, a memory or a claim for money is not an emergency. */
export function emergencyIn(text: string): Emergency | undefined {
  const found = dangers.find(({ signs, unless }) => signs.test(text) && !(unless?.test(text) ?? false));
  return found === undefined ? undefined : { call: found.call, advice: found.advice };
}
