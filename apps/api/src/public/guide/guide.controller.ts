import { Controller, Get, Header, Param, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import type { Request } from 'express';
import { CatalogueHistory, CatalogueService, flowSvg, guideAloud, guideText } from '@linli/catalogue';
import type { CatalogueEntry, ServiceGuide } from '@linli/contracts';
import { localDate, Refusal } from '@linli/kernel';
import { Public } from '@linli/platform';
import { PublicAddress } from '../../http/public-address';
import { computeLimit } from '../../http/rate-limit';
import { codeDrawing } from '../../http/code-drawing';
import { guidePage } from './guide-page';
import { GuidePageQueryDto, GuidePrintQueryDto, GuideTextDto, GuideTextQueryDto } from './guide.dto';
import { GuidePrinter } from './guide-printer';
import { sheetOf } from './guide-sheet';

@ApiTags('catalogue')
@Public('the catalogue and its guides are published by law')
@Controller('api/v1/items/:id')
export class GuideController {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly history: CatalogueHistory,
    private readonly printer: GuidePrinter,
    private readonly address: PublicAddress,
  ) {}

  /** The guide as messages for a chat, or as sentences to be read aloud. */
  @Get('text')
  text(@Param('id') id: string, @Query() { aloud }: GuideTextQueryDto): GuideTextDto {
    const entry = this.entry(id);
    const pages = aloud === '1' ? guideAloud(entry) : guideText(entry);
    return { id: entry.id, name: entry.name, version: entry.version, pages };
  }

  /** The guide on paper: A4 with a code that leads to what is current. */
  @Get('guide.pdf')
  @Throttle(computeLimit)
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async pdf(
    @Param('id') id: string,
    @Query() { size }: GuidePrintQueryDto,
    @Req() request: Request,
  ): Promise<StreamableFile> {
    const entry = this.entryWithGuide(id);
    const isLarge = size === 'large';
    const address = this.address.of(request, `/api/v1/items/${entry.id}/page?version=${entry.version}`);
    const sheet = await this.printer.print(JSON.stringify([entry.versionId, isLarge, address]), async () => {
      const [code, revisedAt] = await Promise.all([address && codeDrawing(address), this.revisedAt(entry)]);
      return sheetOf({ entry, isLarge, code, revisedAt, revisedOn: localDate(revisedAt) });
    });
    return new StreamableFile(sheet, {
      type: 'application/pdf',
      length: sheet.length,
      disposition: `inline; filename*=UTF-8''${encodeURIComponent(`${entry.name}办事指南.pdf`)}`,
    });
  }

  /** The steps as a flow chart. */
  @Get('flow.svg')
  @Header('Content-Type', 'image/svg+xml; charset=utf-8')
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  flow(@Param('id') id: string): string {
    const drawn = flowSvg(this.entryWithGuide(id));
    if (drawn === null) throw new Refusal('item.notFound');
    return drawn;
  }

  /** What the code on paper leads to: whether the paper is current, and the guide as it stands. */
  @Get('page')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  page(@Param('id') id: string, @Query() { version }: GuidePageQueryDto): string {
    return guidePage(this.entry(id), version);
  }

  private entry(id: string): CatalogueEntry {
    const entry = this.catalogue.entry(id);
    if (!entry) throw new Refusal('item.notFound');
    return entry;
  }

  private entryWithGuide(id: string): CatalogueEntry & { readonly guide: ServiceGuide } {
    const { guide, ...entry } = this.entry(id);
    if (!guide) throw new Refusal('item.notFound');
    return { ...entry, guide };
  }

  /** When the version was published. */
  private async revisedAt({ id, version, versionId }: CatalogueEntry): Promise<Date> {
    const { items } = await this.history.versions(id, 1, String(version + 1));
    const found = items.find((one) => one.versionId === versionId);
    if (!found) throw new Refusal('item.notFound');
    return found.publishedAt;
  }
}
