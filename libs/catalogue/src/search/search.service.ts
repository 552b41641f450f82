import { Injectable } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { inSlices } from '@linli/platform';
import { CatalogueService, type Snapshot } from '../catalogue.service';
import { EntryIndex, type EntryPage, type EntrySearch } from './entry-index';
import { loadSignReader } from './sign-reader.service';
import type { SignReader } from './units';

/** How long the process is kept before others get their turn while an index is built, in milliseconds. */
const sliceMs = 4;
/** A catalogue this small is indexed in the time of a few requests: whoever asks waits for it. */
const smallCatalogue = 1000;

/** Search over the published catalogue: an index per revision, built beside the requests and swapped whole. */
@Injectable()
export class CatalogueSearch {
  private reader: SignReader | null = null;
  private standing: { readonly snapshot: Snapshot; readonly index: EntryIndex } | null = null;
  private building: { readonly snapshot: Snapshot; readonly done: Promise<EntryIndex> } | null = null;

  constructor(private readonly catalogue: CatalogueService) {}

  /** Builds the index of a large catalogue, so that the first to search does not wait for it. */
  async warmUp(): Promise<void> {
    if (this.catalogue.current().entries.length > smallCatalogue) await this.index();
  }

  /** One page of entries, best first when there are words to look for, else by id. */
  async find(search: EntrySearch, limit: number, cursor: string | null): Promise<EntryPage> {
    const index = await this.index();
    const page = index.page(search, limit, cursor);
    if (!page) throw new Refusal('request.cursorInvalid');
    return page;
  }

  private async index(): Promise<EntryIndex> {
    const snapshot = this.catalogue.current();
    if (this.standing?.snapshot === snapshot) return this.standing.index;
    const done = this.building?.snapshot === snapshot ? this.building.done : this.start(snapshot);
    return this.standing && snapshot.entries.length > smallCatalogue ? this.standing.index : done;
  }

  private start(snapshot: Snapshot): Promise<EntryIndex> {
    const done = this.build(snapshot);
    const building = { snapshot, done };
    this.building = building;
    const settle = (): void => {
      if (this.building === building) this.building = null;
    };
    // Whoever asked hears of a failure; the next to ask tries again.
    done.then(settle, settle);
    return done;
  }

  private async build(snapshot: Snapshot): Promise<EntryIndex> {
    this.reader ??= await loadSignReader();
    const index = await inSlices(EntryIndex.build(snapshot.entries, this.reader), sliceMs);
    if (snapshot === this.catalogue.current()) this.standing = { snapshot, index };
    return index;
  }
}
