/** Hours from an ISO instant to `now`; none when nothing was said before. */
export function hoursSince(at: string | null, now: Date): number {
  return at === null ? 0 : (now.getTime() - Date.parse(at)) / 3_600_000;
}
