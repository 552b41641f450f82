import { Injectable } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { CaseService, type CaseDetail } from '@linli/casework';
import type { Applicant, CatalogueEntry, EntryKind, Place, Principal, RequestType } from '@linli/contracts';
import { ResidentStore } from '@linli/directory';
import { FileStore, type FileOwner, type Tx } from '@linli/platform';
import { Guidepost } from './guidepost';

/** An application as the mini-program sends it. */
export interface Application {
  readonly itemId: string;
  readonly applicant: Applicant;
  readonly answers: Readonly<Record<string, string>>;
  readonly materials: readonly { readonly materialId: string; readonly fileId: string }[];
  readonly subdistrictId?: string;
  readonly agentFor?: Principal;
}

/** A problem as the mini-program reports it. */
export interface Report {
  readonly categoryId: string;
  readonly type?: RequestType;
  readonly text: string;
  readonly place?: Place;
  readonly fileIds: readonly string[];
  readonly subdistrictId?: string;
}

/** Opens cases for residents who come through the mini-program. */
@Injectable()
export class Filing {
  constructor(
    private readonly guidepost: Guidepost,
    private readonly residents: ResidentStore,
    private readonly files: FileStore,
    private readonly cases: CaseService,
  ) {}

  /** Refuses files that are not the giver's own; asked before the transaction. */
  async checkFiles(owner: FileOwner, fileIds: readonly string[]): Promise<void> {
    const wanted = [...new Set(fileIds)];
    if (wanted.length === 0) return;
    const owned = await this.files.owned(owner, wanted);
    const known = new Set(owned.map((file) => file.id));
    const missing = wanted.filter((id) => !known.has(id));
    if (missing.length > 0)
      throw new Refusal(
        'file.notFound',
        missing.map((id) => ({ at: `fileId ${id}`, problem: '没有找到这个文件，请重新上传' })),
      );
  }

  async apply(tx: Tx, residentId: string, application: Application, now: Date): Promise<CaseDetail> {
    const { applicant, answers, materials, agentFor } = application;
    const entry = this.published(application.itemId, 'item');
    const subdistrictId = await this.subdistrictOf(tx, residentId, application.subdistrictId, null);
    return this.cases.submit(
      tx,
      {
        kind: 'item',
        entry,
        residentId,
        subdistrictId,
        channel: 'api',
        applicant,
        answers,
        materials,
        ...(agentFor ? { agentFor } : {}),
        fileIds: [],
        mediaIds: [],
      },
      now,
    );
  }

  async report(tx: Tx, residentId: string, report: Report, now: Date): Promise<CaseDetail> {
    const { type, text, place, fileIds } = report;
    const entry = this.published(report.categoryId, 'report');
    const subdistrictId = await this.subdistrictOf(tx, residentId, report.subdistrictId, place ?? null);
    return this.cases.submit(
      tx,
      {
        kind: 'report',
        entry,
        residentId,
        subdistrictId,
        channel: 'api',
        text,
        ...(type ? { type } : {}),
        ...(place ? { place } : {}),
        fileIds,
        mediaIds: [],
      },
      now,
    );
  }

  /** The subdistrict named now (and remembered), else the nearest to the place, else the one named before, else the first. */
  async subdistrictOf(tx: Tx, residentId: string, named: string | undefined, place: Place | null): Promise<string> {
    const known = this.guidepost.subdistricts();
    if (named !== undefined) {
      if (!known.some((one) => one.id === named))
        throw new Refusal('directory.notFound', [{ at: 'subdistrictId', problem: `没有编号为 ${named} 的街道` }]);
      this.residents.settle(tx, residentId, named);
      return named;
    }
    const near =
      place?.lat !== undefined && place.lng !== undefined ? this.guidepost.nearest(place.lat, place.lng) : null;
    const settled = near ?? (await this.residents.subdistrictOf(tx, residentId)) ?? known[0]?.id;
    if (settled === undefined) throw new Refusal('directory.notFound');
    return settled;
  }

  private published(id: string, kind: EntryKind): CatalogueEntry {
    const entry = this.guidepost.entry(id);
    if (entry?.kind !== kind) throw new Refusal(kind === 'report' ? 'report.categoryUnknown' : 'item.notFound');
    return entry;
  }
}
