import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@linli/platform';
import { canonicalJson } from '../files/canonical-json';
import type { Draft, PublishedDraft } from './draft';
import { DraftStore, type Taken } from './draft.store';
import { fallDue, readyTo } from './life';
import { lastVersions, lockRevision, publishVersions, type PreparedEntry } from './publication.store';

/** Published with one raise of the revision. */
const batchSize = 500;

/** 定时发布: makes reviewed drafts whose time has come the published versions. */
@Injectable()
export class PublicationSweep {
  constructor(
    private readonly database: Database,
    private readonly drafts: DraftStore,
  ) {}

  /** Publishes everything that is due and returns how many; any number of processes may sweep at once. */
  async publishDue(now: Date): Promise<number> {
    for (let published = 0; ;) {
      const round = await this.database.transact((tx) => this.round(tx, now));
      published += round.published;
      if (round.seen < batchSize) return published;
    }
  }

  private async round(tx: Tx, now: Date): Promise<{ seen: number; published: number }> {
    if (!(await isMyTurn(tx))) return { seen: 0, published: 0 };
    const due = await this.drafts.lockDue(tx, now, batchSize);
    if (due.length === 0) return { seen: 0, published: 0 };
    // The drafts first and the revision after, as every other step: nobody waits in a circle.
    await lockRevision(tx);
    const last = await lastVersions(
      tx,
      due.map((draft) => draft.entryId),
    );
    const taken = due.map((draft): Taken => {
      const known = last.get(draft.entryId);
      const standing = known?.hash ? known.version : null;
      const next = fallDue(readyTo('publish', draft), standing, (known?.version ?? 0) + 1, now);
      return { draft: next, what: next.state === 'published' ? 'publish' : 'sendBack', officerId: null };
    });
    const published = taken.map(({ draft }) => draft).filter(isPublished);
    if (published.length > 0) await publishVersions(tx, published.map(preparedOf), last, now);
    await this.drafts.keep(tx, taken);
    return { seen: due.length, published: published.length };
  }
}

/** Sweepers share no batch: what falls due together is published together, by whoever came first. */
async function isMyTurn(tx: Tx): Promise<boolean> {
  const [row] = await tx.sql<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('catalogue.publication')) as mine`,
  );
  return row?.mine ?? false;
}

function isPublished(draft: Draft): draft is PublishedDraft {
  return draft.state === 'published';
}

function preparedOf({ id, entryId, departmentId, content }: PublishedDraft): PreparedEntry {
  const text = canonicalJson(content);
  return { id: entryId, departmentId, content: text, hash: createHash('sha256').update(text).digest(), draftId: id };
}
