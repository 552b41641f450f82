/** What a deployment sets in `config/rating/limits.json`. */
export interface RatingLimits {
  readonly rectification: {
    readonly contactWorkingDays: number;
    readonly simpleWorkingDays: number;
    readonly complexWorkingDays: number;
  };
  /** Hours of the day in Asia/Shanghai between which a resident may be asked. */
  readonly asking: {
    readonly fromHour: number;
    readonly untilHour: number;
    readonly afterBookingMinutes: number;
    readonly reminderAfterDays: number;
  };
  readonly links: { readonly windowQrHours: number; readonly hallTabletHours: number; readonly smsHours: number };
  /** More than `burstRatings` within `burstMinutes`, or the same words `copies` times within `copyDays`, are looked at. */
  readonly review: {
    readonly burstRatings: number;
    readonly burstMinutes: number;
    readonly copies: number;
    readonly copyDays: number;
  };
}

type Part<T> = Readonly<Record<keyof T & string, number>>;

/** The least and most of every number, in the shape of the file. */
const bounds: {
  readonly [K in keyof RatingLimits]: Readonly<Record<keyof RatingLimits[K], readonly [number, number]>>;
} = {
  rectification: { contactWorkingDays: [1, 30], simpleWorkingDays: [1, 60], complexWorkingDays: [1, 120] },
  asking: { fromHour: [0, 23], untilHour: [1, 24], afterBookingMinutes: [0, 1440], reminderAfterDays: [1, 60] },
  links: { windowQrHours: [1, 24], hallTabletHours: [1, 24], smsHours: [1, 720] },
  review: { burstRatings: [1, 1000], burstMinutes: [1, 1440], copies: [2, 1000], copyDays: [1, 90] },
};

/** Reads the limits; throws one sentence that names what is wrong, so that the start fails rather than a deadline. */
export function readLimits(json: unknown): RatingLimits {
  const limits = {
    rectification: part(json, 'rectification', bounds.rectification),
    asking: part(json, 'asking', bounds.asking),
    links: part(json, 'links', bounds.links),
    review: part(json, 'review', bounds.review),
  };
  if (limits.asking.fromHour >= limits.asking.untilHour) throw wrong('asking.untilHour', 'an hour after fromHour');
  return limits;
}

function part<T>(
  json: unknown,
  name: string,
  within: Readonly<Record<keyof T & string, readonly [number, number]>>,
): Part<T> {
  const values = objectOf(objectOf(json, 'the file')[name], name);
  const entries = Object.entries<readonly [number, number]>(within).map(([key, [least, most]]) => {
    const value = values[key];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
      throw wrong(`${name}.${key}`, `a whole number from ${least} to ${most}`);
    return [key, value] as const;
  });
  return Object.fromEntries(entries) as Part<T>;
}

function objectOf(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw wrong(at, 'an object');
  return value as Readonly<Record<string, unknown>>;
}

function wrong(at: string, wanted: string): Error {
  return new Error(`config/rating/limits.json: ${at} takes ${wanted}`);
}
