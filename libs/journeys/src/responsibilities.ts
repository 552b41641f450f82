import { Injectable } from '@nestjs/common';
import { CatalogueService } from '@linli/catalogue';
import {
  AdmissionService,
  ResponsibilityService,
  UnitStore,
  type Admission,
  type AdmissionActor,
  type AdmissionDraft,
  type Matter,
  type MatterName,
  type ReachableUnit,
  type ResponsibilityReport,
} from '@linli/directory';
import { Refusal, type LocalDate } from '@linli/kernel';
import type { AuditActor, Tx } from '@linli/platform';
import { matterOf } from './assignment';

/** Lists and admissions, checked against the catalogue they speak of. */
@Injectable()
export class Responsibilities {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly responsibility: ResponsibilityService,
    private readonly admissions: AdmissionService,
    private readonly units: UnitStore,
  ) {}

  /** Imports a responsibility file; the catalogue must have been loaded before. */
  import(tx: Tx, json: unknown, by: AuditActor, now: Date): Promise<ResponsibilityReport> {
    return this.responsibility.import(tx, json, this.catalogue.current().byId, by, now);
  }

  async propose(tx: Tx, actor: AdmissionActor, draft: AdmissionDraft, now: Date): Promise<Admission> {
    const units = await this.homeOf(tx, draft.matter);
    const matter = this.named(draft.matter, units);
    if (!matter) throw new Refusal('item.notFound');
    return this.admissions.propose(tx, actor, draft, matter, now);
  }

  async approve(tx: Tx, actor: AdmissionActor, id: string, now: Date): Promise<Admission> {
    const matterOfIt = async (one: Admission): Promise<Matter> =>
      this.named(one.matter, await this.homeOf(tx, one.matter)) ?? worded(one.title, '');
    return this.admissions.approve(tx, actor, id, matterOfIt, now);
  }

  async revoke(
    tx: Tx,
    actor: AdmissionActor,
    id: string,
    end: { readonly on: LocalDate; readonly reason: string },
    now: Date,
  ): Promise<Admission> {
    return this.admissions.revoke(tx, actor, id, end, now);
  }

  private async homeOf(tx: Tx, { entryId }: MatterName): Promise<ReadonlyMap<string, ReachableUnit>> {
    const entry = entryId === null ? undefined : this.catalogue.entry(entryId);
    return entry ? this.units.units([entry.department.id], tx) : new Map<string, ReachableUnit>();
  }

  /** The thing a name stands for; null when the catalogue holds no such entry or category. */
  private named({ entryId, category, text }: MatterName, units: ReadonlyMap<string, ReachableUnit>): Matter | null {
    if (entryId !== null) {
      const entry = this.catalogue.entry(entryId);
      return entry ? matterOf(entry, units) : null;
    }
    if (category === null) return worded(text ?? '', '');
    const isKnown = this.catalogue.current().entries.some((entry) => entry.category === category);
    return isKnown ? worded(category, category) : null;
  }
}

function worded(name: string, category: string): Matter {
  return { entryId: null, name, kind: 'item', category, type: null, home: null };
}
