import { Injectable } from '@nestjs/common';
import { Refusal, type LocalDate, type RefusalDetail } from '@linli/kernel';
import { appendAudit, type AuditActor, type Database, type Tx } from '@linli/platform';
import type { AdmissionDraft } from './admission';
import { AdmissionStore } from './admission.store';
import { settled } from './admission.service';
import { AssignmentFactsStore } from './assignment-facts.store';
import { columns } from './columns';
import { guardsOf, isGuarded, nameOf, problemsOf, type KnownNames } from './file-check';
import { hashOf, ListStore, type NewestVersion } from './list.store';
import type { NamedUnit } from './unit';
import { shapeOf, type AdmissionFileEntry, type ListFileEntry, type ResponsibilityFile } from './responsibility-file';

/** What an import of responsibility lists did. */
export interface ResponsibilityReport {
  readonly lists: number;
  readonly rows: number;
  /** Lists that got a new version. */
  readonly changed: number;
  readonly admissions: number;
}

/** Responsibility files: taken whole or not at all; the same file twice changes nothing. */
@Injectable()
export class ResponsibilityService {
  constructor(
    private readonly lists: ListStore,
    private readonly admissions: AdmissionStore,
    private readonly facts: AssignmentFactsStore,
  ) {}

  /** For work outside the container, as seeding is. */
  static over(database: Database): ResponsibilityService {
    return new ResponsibilityService(new ListStore(), new AdmissionStore(database), new AssignmentFactsStore(database));
  }

  /** Whether no list has been loaded yet. */
  async isEmpty(tx: Tx): Promise<boolean> {
    const [row] = await tx.sql('select 1 from responsibility_list limit 1');
    return row === undefined;
  }

  /** Reads and saves a file against what the catalogue holds; refuses it whole, naming every bad row with its place. */
  async import(
    tx: Tx,
    json: unknown,
    entries: KnownNames['entries'],
    by: AuditActor,
    now: Date,
  ): Promise<ResponsibilityReport> {
    const { file, problems } = shapeOf(json);
    refuse(problems);
    const known = await this.knownNames(tx, file, entries);
    const standingCap = await this.lists.lock(tx);
    const standing = await this.facts.guards(tx);
    const newest = await this.lists.newest(
      tx,
      file.lists.map((list) => list.id),
    );
    refuse([
      ...problemsOf(file, known, standing),
      ...file.lists.flatMap((list, at) => versionProblems(list, at, newest)),
    ]);
    await this.saveSettings(tx, file);
    const changed = await this.lists.save(tx, file.lists, newest, now);
    const admissions = await this.saveAdmissions(tx, file, known, now);
    await this.refuseOverload(tx, file.communityCap ?? standingCap);
    const rows = file.lists.reduce((sum, list) => sum + list.entries.length, 0);
    const report = { lists: file.lists.length, rows, changed, admissions };
    await appendAudit(tx, {
      actor: by,
      action: 'responsibility.import',
      subject: 'responsibility',
      detail: report,
      at: now,
    });
    return report;
  }

  private async knownNames(tx: Tx, file: ResponsibilityFile, entries: KnownNames['entries']): Promise<KnownNames> {
    const accounts = (file.admissions ?? []).flatMap((one) => [one.proposedBy, one.approvedBy]);
    const [departments, subdistricts, communities, officers] = await Promise.all([
      tx.sql<NamedUnit>('select id, name, level from directory_department'),
      tx.sql<{ id: string }>('select id from directory_subdistrict'),
      tx.sql<{ id: string }>('select id from directory_community'),
      tx.sql<{ id: string; account: string }>('select id, account from directory_officer where account = any($1)', [
        accounts,
      ]),
    ]);
    return {
      entries,
      departments: new Map(departments.map((one) => [one.id, one])),
      subdistricts: new Set(subdistricts.map((one) => one.id)),
      communities: new Set(communities.map((one) => one.id)),
      officers: new Map(officers.map((one) => [one.account, one.id])),
    };
  }

  private async saveSettings(tx: Tx, file: ResponsibilityFile): Promise<void> {
    if (file.communityCap !== undefined)
      await tx.sql('update responsibility_setting set community_cap = $1', [file.communityCap]);
    if (file.guards === undefined) return;
    await tx.sql('delete from responsibility_guard');
    await tx.sql(
      `insert into responsibility_guard (nature, category, entry_id)
       select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing`,
      columns(guardsOf(file), [(guard) => guard.nature, (guard) => guard.category, (guard) => guard.entryId]),
    );
  }

  /** Admissions already kept under their document are left alone. */
  private async saveAdmissions(tx: Tx, file: ResponsibilityFile, known: KnownNames, now: Date): Promise<number> {
    const given = file.admissions ?? [];
    const guards = await this.facts.guards(tx);
    refuse(
      given.flatMap((one, at) =>
        one.toLevel === 'community' && isGuarded(one.matter, known, guards)
          ? [{ at: `admissions[${at}].matter`, problem: 'a community is never responsible for it' }]
          : [],
      ),
    );
    const kept = await tx.sql<{ document_no: string; title: string; effective_on: string }>(
      'select document_no, title, effective_on from responsibility_admission where document_no = any($1)',
      [given.map((one) => one.documentNo)],
    );
    const seen = new Set(kept.map((row) => [row.document_no, row.title, row.effective_on].join('|')));
    const fresh = given.filter((one) => !seen.has([one.documentNo, one.title, one.effectiveOn].join('|')));
    const officer = (account: string): string => known.officers.get(account) ?? '';
    const proposals = fresh.map((one) => ({
      draft: draftOf(one),
      proposedBy: officer(one.proposedBy),
      approvedBy: officer(one.approvedBy),
    }));
    await settled(this.admissions.insert(tx, proposals, now));
    return fresh.length;
  }

  /** Communities carry no more than the cap, whoever brought it in and however the cap was set. */
  private async refuseOverload(tx: Tx, cap: number): Promise<void> {
    const everywhere = { toUnit: null, effectiveOn: '0001-01-01' as LocalDate, endsOn: null };
    const load = await this.admissions.heaviestLoad(tx, everywhere);
    if (load > cap)
      refuse([{ at: 'admissions', problem: `a community would carry ${load} admitted duties; the cap is ${cap}` }]);
  }
}

function draftOf(one: AdmissionFileEntry): AdmissionDraft {
  const { kind, title, fromUnit, toLevel, toUnit = null, documentNo, supportNote } = one;
  return {
    kind,
    matter: nameOf(one.matter),
    title,
    fromUnit,
    toLevel,
    toUnit,
    documentNo,
    supportNote,
    effectiveOn: one.effectiveOn as LocalDate,
    endsOn: (one.endsOn ?? null) as LocalDate | null,
  };
}

function refuse(problems: readonly RefusalDetail[]): void {
  if (problems.length > 0) throw new Refusal('responsibility.invalid', problems);
}

/** A list keeps whose it is, and a changed one begins after the version before it. */
function versionProblems(list: ListFileEntry, index: number, newest: Map<string, NewestVersion>): RefusalDetail[] {
  const last = newest.get(list.id);
  if (!last || last.content_hash.equals(hashOf(list))) return [];
  const at = `lists[${index}] (${list.id})`;
  const problems: RefusalDetail[] = [];
  if (last.kind !== list.kind || last.owner_level !== list.level || last.owner_id !== (list.unit ?? null))
    problems.push({ at, problem: 'a list keeps its kind and whose it is; give the new one another id' });
  if (list.effectiveOn <= last.effective_on)
    problems.push({
      at: `${at}.effectiveOn`,
      problem: `must be later than ${last.effective_on}, when the present version began`,
    });
  return problems;
}
