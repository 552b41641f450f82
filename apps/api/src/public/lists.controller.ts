import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  CatalogueHistory,
  CatalogueService,
  listCsv,
  powersOf,
  powersTable,
  responsibilitiesOf,
  responsibilitiesTable,
  servicesOf,
  servicesTable,
  untoldPowers,
  type ListHead,
  type ListName,
  type ListTable,
} from '@linli/catalogue';
import type { CatalogueEntry } from '@linli/contracts';
import { localDate, Refusal, type LocalDate } from '@linli/kernel';
import { Clock, Public } from '@linli/platform';
import { dayOf } from '../http/day';
import { pageById, PagingDto } from '../http/paging.dto';
import { listPage } from './list-page';
import {
  AdjustmentPageDto,
  ItemVersionPageDto,
  ListQueryDto,
  PowerListDto,
  ResponsibilityListDto,
  ServiceListDto,
  ShapedListQueryDto,
} from './lists.dto';

const shapesOf: Readonly<Record<string, ShapedListQueryDto['as']>> = { 'text/csv': 'csv', 'text/html': 'html' };
const listNames: readonly ListName[] = ['powers', 'responsibilities', 'services'];

/** Who asks, and how the answer goes out. */
interface Exchange {
  readonly query: ShapedListQueryDto;
  readonly request: Request;
  readonly response: Response;
}

/** A list, or a page of it. */
type Listed<T> = ListHead & { readonly pending: number; readonly items: T[] };

/** How one list is made of the published entries, and laid out for people. */
interface ListShape<T> {
  readonly name: ListName;
  readonly rows: (entries: readonly CatalogueEntry[]) => T[];
  readonly table: (rows: readonly T[]) => ListTable;
}

@ApiTags('public lists')
@Public('the lists of powers, duties and public services are published by law')
@Controller('api/v1')
export class ListsController {
  /** Each list as made of the published entries it was made of last; another revision has other entries. */
  private readonly made = new WeakMap<readonly CatalogueEntry[], Map<ListName, unknown[]>>();

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly history: CatalogueHistory,
    private readonly clock: Clock,
  ) {}

  /** 权力清单: the administrative powers; `as=csv` or `Accept: text/csv` gives the whole as a file, `text/html` a page to read. */
  @Get('lists/powers')
  @ApiProduces('application/json', 'text/csv', 'text/html')
  @ApiOkResponse({ type: PowerListDto })
  powers(
    @Query() query: ShapedListQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PowerListDto | string> {
    return this.answer({ query, request, response }, { name: 'powers', rows: powersOf, table: powersTable });
  }

  /** 责任清单: who answers for each power, in which steps and limits, and where to complain. */
  @Get('lists/responsibilities')
  @ApiProduces('application/json', 'text/csv', 'text/html')
  @ApiOkResponse({ type: ResponsibilityListDto })
  responsibilities(
    @Query() query: ShapedListQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ResponsibilityListDto | string> {
    const shape = { name: 'responsibilities', rows: responsibilitiesOf, table: responsibilitiesTable } as const;
    return this.answer({ query, request, response }, shape);
  }

  /** 公共服务清单: what anybody may ask for. */
  @Get('lists/services')
  @ApiProduces('application/json', 'text/csv', 'text/html')
  @ApiOkResponse({ type: ServiceListDto })
  services(
    @Query() query: ShapedListQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ServiceListDto | string> {
    return this.answer({ query, request, response }, { name: 'services', rows: servicesOf, table: servicesTable });
  }

  /** 动态调整: what came into a list, changed in it or left it, newest first; with a day, until its end. */
  @Get('lists/:list/adjustments')
  adjustments(@Param('list') list: string, @Query() { limit, cursor, on }: ListQueryDto): Promise<AdjustmentPageDto> {
    const known = listNames.find((one) => one === list);
    if (!known) throw new Refusal('request.notFound');
    return this.history.adjustments(known, this.pastDay(on), limit, cursor ?? null);
  }

  /** The versions of an item, newest first: what was in force when. */
  @Get('items/:id/versions')
  versions(@Param('id') id: string, @Query() { limit, cursor }: PagingDto): Promise<ItemVersionPageDto> {
    return this.history.versions(id, limit, cursor ?? null);
  }

  private async answer<T extends { readonly id: string }>(
    { query, request, response }: Exchange,
    shape: ListShape<T>,
  ): Promise<(Listed<T> & { nextCursor: string | null }) | string> {
    response.vary('Accept');
    const accepted = request.accepts(['application/json', 'text/csv', 'text/html']);
    const as = query.as ?? shapesOf[String(accepted)] ?? 'json';
    const day = this.pastDay(query.on);
    const isFile = as === 'csv';
    const list = await (day ? this.listOn(shape, day, query, isFile) : this.listNow(shape, query, isFile));
    if (as === 'json') return list;
    const table = shape.table(list.items);
    response.type(`text/${as}; charset=utf-8`);
    if (as === 'html') return listPage(list, table, { name: shape.name, day, limit: query.limit });
    response.attachment(`${shape.name}-${day ?? list.revision ?? 0}.csv`);
    return listCsv(list, table);
  }

  private listNow<T extends { readonly id: string }>(
    { name, rows }: ListShape<T>,
    query: ShapedListQueryDto,
    isFile: boolean,
  ): Listed<T> & { nextCursor: string | null } {
    const { revision, revisedAt, entries } = this.catalogue.current();
    const all = this.rowsOf(name, entries, rows);
    const page = isFile ? { items: all, nextCursor: null } : pageById(all, query);
    return { revision, asOf: revisedAt && localDate(revisedAt), pending: untoldPowers(entries), ...page };
  }

  private async listOn<T>(
    { name, rows }: ListShape<T>,
    day: LocalDate,
    { limit, cursor }: ListQueryDto,
    isFile: boolean,
  ): Promise<Listed<T> & { nextCursor: string | null }> {
    const [{ since, pending }, { items, nextCursor }] = await Promise.all([
      this.history.standingOn(name, day),
      this.history.listOn(name, day, isFile ? null : limit, isFile ? null : (cursor ?? null)),
    ]);
    return { revision: null, asOf: since && localDate(since), pending, items: rows(items), nextCursor };
  }

  /** The day a list is wanted as of; null for now. What comes after today nobody knows. */
  private pastDay(on: string | undefined): LocalDate | null {
    if (on === undefined) return null;
    const now = this.clock.now();
    const day = dayOf(on, now);
    if (day > localDate(now))
      throw new Refusal('request.invalid', [{ at: 'on', problem: '这一天还没有到，请选今天或者以前的日期' }]);
    return day;
  }

  private rowsOf<T>(name: ListName, entries: readonly CatalogueEntry[], make: ListShape<T>['rows']): T[] {
    const lists = this.made.get(entries) ?? new Map<ListName, unknown[]>();
    this.made.set(entries, lists);
    const known = lists.get(name) as T[] | undefined;
    if (known) return known;
    const fresh = make(entries);
    lists.set(name, fresh);
    return fresh;
  }
}
