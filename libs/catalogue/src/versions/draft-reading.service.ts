import { Injectable } from '@nestjs/common';
import { isUuid, Refusal } from '@linli/kernel';
import { Database, type Tx } from '@linli/platform';
import { readEntry, type CatalogueFileEntry } from '../entry-file';
import { textFindings } from '../guide-text/text-findings';
import { diffVersions } from './diff';
import type { Draft, DraftState } from './draft';
import { DraftStore } from './draft.store';
import { findingsOf } from './findings';
import { summaryOf, type DraftDetail, type DraftSummary } from './draft-view';
import { standingOf } from './publication.store';
import { mayWrite, writingReachOf, type Writer } from './reach';

/** The words of a draft as they were sent, read and placed. */
export interface ReadWords {
  readonly content: CatalogueFileEntry;
  readonly departmentId: string;
}

/** What officers look at before they write, review or schedule. */
@Injectable()
export class DraftReading {
  constructor(
    private readonly database: Database,
    private readonly drafts: DraftStore,
  ) {}

  /** A draft within the officer's reach, whole. */
  async detail(officer: Writer, id: string): Promise<DraftDetail> {
    return this.detailOf(this.database, reached(officer, await this.drafts.read(id)));
  }

  /** A draft as it stands in the reader's transaction, whole. */
  async detailOf(reader: Tx | Database, draft: Draft): Promise<DraftDetail> {
    const standing = await standingOf(reader, draft.entryId);
    const published = standing ? await this.publishedContent(reader, draft.entryId) : null;
    return {
      ...summaryOf(draft),
      entry: draft.content,
      findings: findingsOf(draft.content),
      reading: draft.content.guide ? textFindings(draft.content.guide) : null,
      publishedVersion: standing?.version ?? null,
      changes: published && draft.state !== 'published' ? diffVersions(published, draft.content) : [],
      steps: await this.drafts.steps(reader, draft.id),
    };
  }

  /** One page of drafts, newest first; the cursor is the id of the last one shown. */
  async list(
    officer: Writer,
    state: DraftState | null,
    limit: number,
    cursor: string | null,
  ): Promise<{ readonly items: readonly DraftSummary[]; readonly nextCursor: string | null }> {
    if (cursor !== null && !isUuid(cursor)) throw new Refusal('request.cursorInvalid');
    const reach = writingReachOf(officer);
    if (reach.over === 'nothing') return { items: [], nextCursor: null };
    const drafts = await this.drafts.list(reach, state, limit + 1, cursor);
    const shown = drafts.slice(0, limit);
    return {
      items: shown.map(summaryOf),
      nextCursor: drafts.length > limit ? (shown.at(-1)?.id ?? null) : null,
    };
  }

  /** The content of what is published under that id; refuses when nothing is. */
  async publishedWords(tx: Tx, entryId: string): Promise<unknown> {
    const content = await this.publishedContent(tx, entryId);
    if (!content) throw new Refusal('item.notFound');
    return content;
  }

  /**
   * Reads words an officer sent. Their shape and department must be right, since a draft must be shown and compared;
   * what the rules of quality find is told at once and refused at review only.
   */
  async words(tx: Tx, officer: Writer, json: unknown): Promise<ReadWords> {
    const rows = await tx.sql<{ id: string; name: string }>(
      'select id, name from directory_department where name = $1',
      [departmentTold(json)],
    );
    const departments = new Map(rows.map(({ id, name }) => [name, id]));
    const { entry, problems } = readEntry(json, departments);
    const departmentId = departments.get(entry.department);
    if (problems.length > 0 || departmentId === undefined) throw new Refusal('catalogue.invalid', problems);
    if (!mayWrite(officer, departmentId))
      throw new Refusal('catalogue.invalid', [{ at: 'department', problem: '只能写本部门的事项' }]);
    return { content: entry, departmentId };
  }

  private async publishedContent(reader: Tx | Database, entryId: string): Promise<CatalogueFileEntry | null> {
    const [row] = await reader.sql<{ content: CatalogueFileEntry }>(
      `select content from catalogue_version where entry_id = $1 and state = 'published'`,
      [entryId],
    );
    return row?.content ?? null;
  }
}

/** The draft, when it is there and within the officer's reach. */
export function reached(officer: Writer, draft: Draft | null): Draft {
  if (!draft || !mayWrite(officer, draft.departmentId)) throw new Refusal('catalogue.draftNotFound');
  return draft;
}

function departmentTold(json: unknown): string {
  const told = typeof json === 'object' && json !== null && 'department' in json ? json.department : '';
  return typeof told === 'string' ? told.trim() : '';
}
