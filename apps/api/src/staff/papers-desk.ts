import { Injectable, StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import type { IssuedPaper, TransferSlip } from '@linli/casework';
import { PdfPress } from '@linli/platform';
import { codeDrawing } from '../http/code-drawing';
import { PublicAddress } from '../http/public-address';
import { paperSheet, slipSheet } from './papers-sheet';

/** Puts papers on sheets with the code that proves them. Nothing is kept: they name people. */
@Injectable()
export class PapersDesk {
  constructor(
    private readonly printer: PdfPress,
    private readonly address: PublicAddress,
  ) {}

  /** A paper as PDF; its code leads to the check page of the house it was printed by. */
  async paper(paper: IssuedPaper, request: Request): Promise<StreamableFile> {
    const address = this.address.of(request, `/api/v1/papers/${paper.code}`);
    const sheet = await this.printer.print(async () =>
      paperSheet(paper, address === null ? null : { drawing: await codeDrawing(address) }),
    );
    return asFile(sheet, `${paper.title}${paper.number}.pdf`);
  }

  async slip(slip: TransferSlip): Promise<StreamableFile> {
    return asFile(await this.printer.print(() => slipSheet(slip)), `流转单${slip.number}.pdf`);
  }
}

function asFile(sheet: Buffer, name: string): StreamableFile {
  return new StreamableFile(sheet, {
    type: 'application/pdf',
    length: sheet.length,
    disposition: `inline; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
}
