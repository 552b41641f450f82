import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId, Refusal } from '@linli/kernel';
import { appendAudit, type Tx } from '@linli/platform';
import { canonicalJson } from '../files/canonical-json';
import type { Draft } from './draft';
import { DraftReading, reached } from './draft-reading.service';
import { DraftStore } from './draft.store';
import type { DraftDetail } from './draft-view';
import { checkPublishable } from './findings';
import {
  approve,
  begin,
  checkRevision,
  edit,
  readyTo,
  schedule,
  sendBack,
  submit,
  told,
  withdraw,
  type DraftVerb,
} from './life';
import { lockRevision, standingOf, withdrawVersion } from './publication.store';
import { mayWrite, type Writer } from './reach';

/** Which draft an officer acts upon, and the revision they had before their eyes. */
export interface DraftRef {
  readonly id: string;
  readonly revision?: number | undefined;
}

/** 事项动态调整: officers write, submit, review and schedule the next version of an entry. */
@Injectable()
export class DraftService {
  constructor(
    private readonly drafts: DraftStore,
    private readonly reading: DraftReading,
  ) {}

  /** Opens a draft upon what is published under `itemId`, or with the words of `entry`, new or not. */
  async open(
    tx: Tx,
    officer: Writer,
    from: { readonly itemId: string } | { readonly entry: unknown },
    now: Date,
  ): Promise<DraftDetail> {
    const json = 'itemId' in from ? await this.reading.publishedWords(tx, from.itemId) : from.entry;
    const { content, departmentId } = await this.reading.words(tx, officer, json);
    const standing = await standingOf(tx, content.id);
    if (standing) await this.checkOwn(tx, officer, content.id);
    const given = { id: newId(), entryId: content.id, departmentId, content };
    const draft = begin(given, standing?.version ?? null, officer.id, now);
    await this.drafts.enter(tx, [draft]);
    await this.audit(tx, officer, 'open', draft, now);
    return this.reading.detailOf(tx, draft);
  }

  /** Writes other words; refused when somebody else was there since. */
  async edit(
    tx: Tx,
    officer: Writer,
    ref: DraftRef,
    words: { readonly entry: unknown; readonly baseVersion?: number | null | undefined },
    now: Date,
  ): Promise<DraftDetail> {
    const draft = readyTo('edit', await this.lock(tx, officer, ref));
    const read = await this.reading.words(tx, officer, words.entry);
    if (read.content.id !== draft.entryId)
      throw new Refusal('catalogue.invalid', [{ at: 'id', problem: '事项编号不能改' }]);
    const standing = await standingOf(tx, draft.entryId);
    const change = { ...read, baseVersion: words.baseVersion };
    return this.keep(tx, officer, 'edit', edit(draft, change, standing?.version ?? null, officer.id, now), now);
  }

  /** 送审; what equals the published version is not worth a reviewer's time. */
  async submit(tx: Tx, officer: Writer, ref: DraftRef, now: Date): Promise<DraftDetail> {
    const draft = readyTo('submit', await this.lock(tx, officer, ref));
    const standing = await standingOf(tx, draft.entryId);
    if (standing?.hash.equals(createHash('sha256').update(canonicalJson(draft.content)).digest()))
      throw new Refusal('catalogue.unchanged');
    return this.keep(tx, officer, 'submit', submit(draft, standing?.version ?? null, now), now);
  }

  /** 审核通过; refused with every rule the words break that must not be broken in public. */
  async approve(tx: Tx, officer: Writer, ref: DraftRef, now: Date): Promise<DraftDetail> {
    const draft = readyTo('approve', await this.lock(tx, officer, ref));
    const standing = await standingOf(tx, draft.entryId);
    const reviewed = approve(draft, standing?.version ?? null, officer.id, now);
    checkPublishable(draft.content);
    return this.keep(tx, officer, 'approve', reviewed, now);
  }

  /** 退回修改, also of what was approved but is not public yet. */
  async sendBack(tx: Tx, officer: Writer, ref: DraftRef, reasons: readonly string[], now: Date): Promise<DraftDetail> {
    const draft = readyTo('sendBack', await this.lock(tx, officer, ref));
    return this.keep(tx, officer, 'sendBack', sendBack(draft, reasons, officer.id, now), now);
  }

  /** Sets the instant from which it is public; without one, at once. */
  async schedule(tx: Tx, officer: Writer, ref: DraftRef, at: Date | null, now: Date): Promise<DraftDetail> {
    const draft = readyTo('schedule', await this.lock(tx, officer, ref));
    const standing = await standingOf(tx, draft.entryId);
    return this.keep(tx, officer, 'schedule', schedule(draft, standing?.version ?? null, at, now), now);
  }

  /** Gives up a draft that is not public yet. */
  async withdraw(tx: Tx, officer: Writer, ref: DraftRef, reason: string, now: Date): Promise<DraftDetail> {
    const draft = readyTo('withdraw', await this.lock(tx, officer, ref));
    return this.keep(tx, officer, 'withdraw', withdraw(draft, reason, now), now);
  }

  /** Takes a published entry out of the catalogue and its lists; the reason is public. Cases that run keep theirs. */
  async withdrawPublished(
    tx: Tx,
    officer: Writer,
    entryId: string,
    reason: string,
    now: Date,
  ): Promise<{ readonly itemId: string; readonly version: number; readonly withdrawnAt: Date }> {
    const [words = ''] = told([reason]);
    await lockRevision(tx);
    await this.checkOwn(tx, officer, entryId);
    const actor = { kind: 'officer', id: officer.id } as const;
    const version = await withdrawVersion(tx, { entryId, reason: words, actor }, now);
    if (version === null) throw new Refusal('item.notFound');
    return { itemId: entryId, version, withdrawnAt: now };
  }

  private async lock(tx: Tx, officer: Writer, { id, revision }: DraftRef): Promise<Draft> {
    const draft = reached(officer, await this.drafts.lock(tx, id));
    checkRevision(draft, revision);
    return draft;
  }

  /** Refuses an entry that is published by a department the officer does not write for, as if there were none. */
  private async checkOwn(tx: Tx, officer: Writer, entryId: string): Promise<void> {
    const [row] = await tx.sql<{ department_id: string }>(
      `select department_id from catalogue_version where entry_id = $1 and state = 'published'`,
      [entryId],
    );
    if (!row || !mayWrite(officer, row.department_id)) throw new Refusal('item.notFound');
  }

  private async keep(tx: Tx, officer: Writer, what: DraftVerb, draft: Draft, now: Date): Promise<DraftDetail> {
    await this.drafts.keep(tx, [{ draft, what, officerId: officer.id }]);
    await this.audit(tx, officer, what, draft, now);
    return this.reading.detailOf(tx, draft);
  }

  private async audit(tx: Tx, officer: Writer, what: string, draft: Draft, now: Date): Promise<void> {
    await appendAudit(tx, {
      actor: { kind: 'officer', id: officer.id },
      action: `catalogueDraft.${what}`,
      subject: `catalogueDraft:${draft.id}`,
      detail: { entryId: draft.entryId, revision: draft.revision, state: draft.state },
      at: now,
    });
  }
}
