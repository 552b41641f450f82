import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CaseState } from '@linli/contracts';
import type { Officer } from '@linli/directory';
import { localDate, Refusal, type LocalDate } from '@linli/kernel';
import { Database, FieldCipher } from '@linli/platform';
import type { Case } from '../case';
import { CaseReading } from '../case-reading.service';
import { CaseStore } from '../case.store';
import type { CaseDetail } from '../case-view';
import { CounterStore } from '../counter/counter.store';
import { ResultHandOver } from '../counter/hand-over.service';
import { DispatchStore } from '../dispatch/dispatch.store';
import { outwardState } from '../step';
import {
  issuedAt,
  kindOf,
  paperKinds,
  paperOf,
  paperTitles,
  type AskedPaper,
  type Paper,
  type PaperKind,
} from './paper';
import { slipOf, type TransferSlip } from './transfer-slip';

/** A paper and the code that proves it. */
export interface IssuedPaper extends Paper {
  readonly code: string;
}

/** What anybody who holds a paper is told about it; no word of whose it is. */
export interface CheckedPaper {
  readonly number: string;
  readonly title: string;
  readonly issuedOn: LocalDate;
  readonly state: CaseState;
}

const macBytes = 12;
const codeShape = /^([0-3])(\d{10,40})-([A-Za-z0-9_-]{16})$/;

/** 凭证与文书: what the law wants given in writing, printed from the case as it stands. */
@Injectable()
export class Papers {
  constructor(
    private readonly database: Database,
    private readonly cases: CaseStore,
    private readonly reading: CaseReading,
    private readonly counter: CounterStore,
    private readonly handOvers: ResultHandOver,
    private readonly dispatches: DispatchStore,
    private readonly cipher: FieldCipher,
  ) {}

  /** A paper for the case's owner. */
  async forResident(number: string, residentId: string, asked: AskedPaper): Promise<IssuedPaper> {
    const kase = await this.reading.ofResident(number, residentId);
    return this.issue(kase, asked, await this.reading.ownersDetail(this.database, kase));
  }

  /** The same paper for an officer to print; the people on it are masked. */
  async forOfficer(number: string, officer: Officer, asked: AskedPaper): Promise<IssuedPaper> {
    const kase = await this.reading.ofOfficer(number, officer);
    return this.issue(kase, asked, await this.reading.officersDetail(this.database, kase));
  }

  /** What a code on a paper stands for; null when we never gave it out. */
  async check(code: string): Promise<CheckedPaper | null> {
    const [, place = '', number = '', mac = ''] = codeShape.exec(code) ?? [];
    const kind = paperKinds[Number(place)];
    if (number === '' || !kind) return null;
    if (!timingSafeEqual(Buffer.from(mac, 'base64url'), this.mac(kind, number))) return null;
    const kase = await this.cases.find(this.database, number);
    const at = kase && issuedAt(kase, kind);
    return at ? { number, title: paperTitles[kind], issuedOn: localDate(at), state: outwardState(kase) } : null;
  }

  /** 流转单, for officers within whose reach the case lies. */
  async transferSlip(number: string, officer: Officer): Promise<TransferSlip> {
    const kase = await this.reading.ofOfficer(number, officer);
    const { id } = kase.filing;
    const [detail, filing, dispatches, handOvers] = await Promise.all([
      this.reading.officersDetail(this.database, kase),
      this.counter.of(this.database, id),
      this.dispatches.of(this.database, id),
      this.handOvers.of(this.database, id),
    ]);
    return slipOf(detail, filing, dispatches, handOvers);
  }

  private async issue(kase: Case, asked: AskedPaper, detail: CaseDetail): Promise<IssuedPaper> {
    const kind = kindOf(kase, asked);
    if (!kind) throw new Refusal('paper.notIssued');
    const onPaper = new Set((await this.counter.of(this.database, kase.filing.id))?.onPaper);
    const present = detail.materials
      .filter((one) => one.fileIds.length > 0 || onPaper.has(one.id))
      .map((one) => (onPaper.has(one.id) ? `${one.name}（纸质）` : one.name));
    const paper = paperOf(kase, kind, { particulars: detail, present });
    const { number } = kase.filing;
    const code = `${paperKinds.indexOf(kind)}${number}-${this.mac(kind, number).toString('base64url')}`;
    return { ...paper, code };
  }

  private mac(kind: PaperKind, number: string): Buffer {
    return this.cipher.blindIndex('paper.code', `${kind}/${number}`).subarray(0, macBytes);
  }
}
