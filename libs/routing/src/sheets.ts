/** Lists of scores that serve one text after the other, so that no text asks for memory. */
export class Sheets {
  private readonly sheets: Float64Array[] = [];
  private used = 0;

  constructor(private readonly size: number) {}

  /** A sheet of zeros that is the taker's until `takeBack`. */
  take(): Float64Array {
    const known = this.sheets[this.used];
    const sheet = known ?? new Float64Array(this.size);
    if (known === undefined) this.sheets.push(sheet);
    else known.fill(0);
    this.used += 1;
    return sheet;
  }

  /** Takes all of them back, for the next text. */
  takeBack(): void {
    this.used = 0;
  }
}
