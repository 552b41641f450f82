export class LifeEventDto {
  id!: string;
  name!: string;
  summary!: string;
  /** How many items it bundles. */
  items!: number;
}

export class LifeEventPageDto {
  items!: readonly LifeEventDto[];
  nextCursor!: string | null;
}
