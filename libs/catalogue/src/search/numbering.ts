/** Gives features consecutive numbers, in the order they come: a flat hash table, since a `Map` of large numbers costs a second. */
export class Numbering {
  private keys = new Float64Array(1 << 16);
  /** Number + 1; 0 is a free place. */
  private numbers = new Uint32Array(1 << 16);
  size = 0;

  /** The number of a feature; a new one gets the next, which is then `size - 1`. */
  numberOf(feature: number): number {
    if (this.size * 2 >= this.keys.length) this.grow();
    const place = this.placeOf(feature);
    const known = this.numbers[place] ?? 0;
    if (known > 0) return known - 1;
    this.keys[place] = feature;
    this.size += 1;
    this.numbers[place] = this.size;
    return this.size - 1;
  }

  /** The features in ascending order. */
  sorted(): Float64Array {
    const features = new Float64Array(this.size);
    for (let place = 0; place < this.keys.length; place += 1) {
      const number = this.numbers[place] ?? 0;
      if (number > 0) features[number - 1] = this.keys[place] ?? 0;
    }
    return features.sort();
  }

  private placeOf(feature: number): number {
    const mask = this.keys.length - 1;
    const mixed = Math.imul(feature >>> 0, 0x9e3779b1) ^ Math.imul(Math.floor(feature / 2 ** 32) + 1, 0x85ebca6b);
    let place = (mixed ^ (mixed >>> 15)) & mask;
    while (this.numbers[place] !== 0 && this.keys[place] !== feature) place = (place + 1) & mask;
    return place;
  }

  private grow(): void {
    const { keys, numbers } = this;
    this.keys = new Float64Array(keys.length * 2);
    this.numbers = new Uint32Array(keys.length * 2);
    for (let at = 0; at < keys.length; at += 1) {
      const number = numbers[at] ?? 0;
      if (number === 0) continue;
      const place = this.placeOf(keys[at] ?? 0);
      this.keys[place] = keys[at] ?? 0;
      this.numbers[place] = number;
    }
  }
}
