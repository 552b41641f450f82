/** One kind of place, with the walk within which a neighbourhood should have one (商办流通函〔2021〕247号, 文件004). */
export interface Category {
  /** Small number kept in the database; never given to another category. */
  readonly code: number;
  readonly id: string;
  readonly name: string;
  readonly walkMinutes: number;
  readonly children: readonly Omit<Category, 'children'>[];
}

/** Where an id stands in the tree: `leaf` equals `top` for a category named as a whole. */
export interface CategoryPlace {
  readonly top: Category;
  readonly leaf: Omit<Category, 'children'>;
}

/** The categories as people and the database name them. */
export class CategoryTree {
  private readonly byWord = new Map<string, CategoryPlace>();
  private readonly byCode = new Map<number, CategoryPlace>();

  constructor(readonly tops: readonly Category[]) {
    for (const top of tops) {
      this.add({ top, leaf: top });
      for (const leaf of top.children) this.add({ top, leaf });
    }
  }

  /** By id or Chinese name. */
  find(word: string): CategoryPlace | null {
    return this.byWord.get(word) ?? null;
  }

  ofCode(code: number): CategoryPlace | null {
    return this.byCode.get(code) ?? null;
  }

  private add(place: CategoryPlace): void {
    const { id, name, code } = place.leaf;
    if (this.byWord.has(id) || this.byCode.has(code))
      throw new Error(`the category ${id} (${code}) stands there twice`);
    this.byWord.set(id, place);
    this.byCode.set(code, place);
    if (!this.byWord.has(name)) this.byWord.set(name, place);
  }
}
