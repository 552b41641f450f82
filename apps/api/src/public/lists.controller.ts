import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  CatalogueHistory,
  CatalogueService,
  powersCsv,
  powersOf,
  responsibilitiesCsv,
  responsibilitiesOf,
  servicesCsv,
  servicesOf,
  type ListHead,
  type ListName,
} from '@linli/catalogue';
import type { CatalogueEntry } from '@linli/contracts';
import { localDate, Refusal } from '@linli/kernel';
import { Public } from '@linli/platform';
import { pageById } from '../http/paging.dto';
import {
  AdjustmentPageDto,
  ItemVersionPageDto,
  ListQueryDto,
  PowerListDto,
  ResponsibilityListDto,
  ServiceListDto,
} from './lists.dto';

const listNames: readonly ListName[] = ['powers', 'responsibilities', 'services'];

/** Who asks, and how the answer goes out. */
interface Exchange {
  readonly query: ListQueryDto;
  readonly request: Request;
  readonly response: Response;
}

/** How one list is made of the published entries, and written as a file. */
interface ListShape<T> {
  readonly name: ListName;
  readonly rows: (entries: readonly CatalogueEntry[]) => T[];
  readonly csv: (head: ListHead, rows: readonly T[]) => string;
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
  ) {}

  /** 权力清单: the administrative powers; `Accept: text/csv` gives the whole as a file. */
  @Get('lists/powers')
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ type: PowerListDto })
  powers(
    @Query() query: ListQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): PowerListDto | string {
    return this.answer({ query, request, response }, { name: 'powers', rows: powersOf, csv: powersCsv });
  }

  /** 责任清单: who answers for each power, in which steps and limits, and where to complain. */
  @Get('lists/responsibilities')
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ type: ResponsibilityListDto })
  responsibilities(
    @Query() query: ListQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): ResponsibilityListDto | string {
    const shape = { name: 'responsibilities', rows: responsibilitiesOf, csv: responsibilitiesCsv } as const;
    return this.answer({ query, request, response }, shape);
  }

  /** 公共服务清单: what anybody may ask for. */
  @Get('lists/services')
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ type: ServiceListDto })
  services(
    @Query() query: ListQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): ServiceListDto | string {
    return this.answer({ query, request, response }, { name: 'services', rows: servicesOf, csv: servicesCsv });
  }

  /** 动态调整: what came into a list, changed in it or left it, newest first. */
  @Get('lists/:list/adjustments')
  adjustments(@Param('list') list: string, @Query() { limit, cursor }: ListQueryDto): Promise<AdjustmentPageDto> {
    const known = listNames.find((one) => one === list);
    if (!known) throw new Refusal('request.notFound');
    return this.history.adjustments(known, limit, cursor ?? null);
  }

  /** The versions of an item, newest first: what was in force when. */
  @Get('items/:id/versions')
  versions(@Param('id') id: string, @Query() { limit, cursor }: ListQueryDto): Promise<ItemVersionPageDto> {
    return this.history.versions(id, limit, cursor ?? null);
  }

  private answer<T extends { readonly id: string }>(
    { query, request, response }: Exchange,
    { name, rows, csv }: ListShape<T>,
  ): (ListHead & { items: T[]; nextCursor: string | null }) | string {
    const { revision, revisedAt, entries } = this.catalogue.current();
    const head = { revision, asOf: revisedAt && localDate(revisedAt) };
    const all = this.rowsOf(name, entries, rows);
    response.vary('Accept');
    if (request.accepts(['application/json', 'text/csv']) !== 'text/csv') return { ...head, ...pageById(all, query) };
    response.type('text/csv; charset=utf-8');
    response.attachment(`${name}-${revision}.csv`);
    return csv(head, all);
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
