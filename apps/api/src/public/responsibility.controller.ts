import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CatalogueService } from '@linli/catalogue';
import { ListReadingStore, type PublishedRow } from '@linli/directory';
import { Assignment } from '@linli/journeys';
import { Clock, Public } from '@linli/platform';
import { dayOf } from '../http/day';
import { listCsv } from './responsibility-csv';
import {
  AdjustmentPageDto,
  ListHistoryQueryDto,
  ListKindDto,
  ListRowPageDto,
  ListRowsQueryDto,
  ListsQueryDto,
  ListVersionPageDto,
  PublishedListPageDto,
  WhoHandlesDto,
  WhoQueryDto,
  type ListRowDto,
} from './responsibility.dto';

/** Rows fetched at once for a file. */
const filePage = 1000;

@ApiTags('responsibility')
@Public('lists of powers and duties are published by rule (向社会公开)')
@Controller('api/v1/responsibility')
export class ResponsibilityController {
  constructor(
    private readonly lists: ListReadingStore,
    private readonly assignment: Assignment,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
  ) {}

  /** The lists in force, with version and document. */
  @Get('lists')
  all(@Query() { on, limit, cursor }: ListsQueryDto): Promise<PublishedListPageDto> {
    return this.lists.lists(dayOf(on, this.clock.now()), limit, cursor ?? null);
  }

  /** The rows of one kind of list; `Accept: text/csv` gives them all as a file. */
  @Get('lists/:kind')
  @ApiProduces('application/json', 'text/csv')
  async rows(
    @Param() { kind }: ListKindDto,
    @Query() { unit, on, limit, cursor }: ListRowsQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ListRowPageDto | string> {
    const day = dayOf(on, this.clock.now());
    response.vary('Accept');
    if (request.accepts(['application/json', 'text/csv']) !== 'text/csv') {
      const page = await this.lists.rows(kind, unit ?? null, day, limit, cursor ?? null);
      return { items: page.items.map((row) => this.shown(row)), nextCursor: page.nextCursor };
    }
    const rows: PublishedRow[] = [];
    for (let next: string | null = null; ;) {
      const page = await this.lists.rows(kind, unit ?? null, day, filePage, next);
      rows.push(...page.items);
      next = page.nextCursor;
      if (next === null) break;
    }
    response.type('text/csv; charset=utf-8');
    response.attachment(`${kind}-${day}.csv`);
    return listCsv(
      kind,
      rows.map((row) => ({ ...this.shown(row), title: row.listTitle })),
    );
  }

  /** A list's versions, the newest first. */
  @Get('versions')
  versions(@Query() { list, limit, cursor }: ListHistoryQueryDto): Promise<ListVersionPageDto> {
    return this.lists.versions(list, limit, cursor ?? null);
  }

  /** The log of adjustments of a list: who changed what, when and why. */
  @Get('adjustments')
  adjustments(@Query() { list, limit, cursor }: ListHistoryQueryDto): Promise<AdjustmentPageDto> {
    return this.lists.adjustments(list, limit, cursor ?? null);
  }

  /** Who handles this: the nearest level that may, with the record that says so and why nearer ones may not. */
  @Get('who')
  who(@Query() { entry, subdistrict, community, on }: WhoQueryDto): Promise<WhoHandlesDto> {
    return this.assignment.who({
      entryId: entry,
      subdistrictId: subdistrict,
      communityId: community ?? null,
      on: dayOf(on, this.clock.now()),
    });
  }

  private shown({ listId, listTitle: _title, position: _position, text, ...row }: PublishedRow): ListRowDto {
    const entry = row.entryId === null ? undefined : this.catalogue.entry(row.entryId);
    return { list: listId, matter: entry?.name ?? row.category ?? text ?? row.entryId ?? '', ...row };
  }
}
