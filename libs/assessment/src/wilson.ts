/** The 97.5 % point of the standard normal distribution: two-sided 95 %. */
const z = 1.959963984540054;

/**
 * The Wilson score interval of a proportion at 95 % (E. B. Wilson, JASA 22, 1927). Unlike p ± z·√(p(1−p)/n) it keeps its
 * cover for small samples and for shares near 0 and 1, where most subjects stand. `sample` must be above 0.
 */
export function wilsonInterval(successes: number, sample: number): readonly [number, number] {
  const p = successes / sample;
  const scale = 1 + (z * z) / sample;
  const centre = (p + (z * z) / (2 * sample)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / sample + (z * z) / (4 * sample * sample));
  // At the ends the bound is exactly 0 or 1; floating point would leave a trace of either side.
  return [successes === 0 ? 0 : centre - half, successes === sample ? 1 : centre + half];
}
