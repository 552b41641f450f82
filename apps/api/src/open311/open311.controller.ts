import { Body, Controller, Get, Headers, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { OpenReportStore } from '@linli/casework';
import type { CatalogueEntry } from '@linli/contracts';
import { CatalogueService } from '@linli/catalogue';
import { DirectoryService, ResidentStore } from '@linli/directory';
import { Filing } from '@linli/journeys';
import { Refusal } from '@linli/kernel';
import { Clock, OnceOnly, Public, type RequestKey } from '@linli/platform';
import { OnceKey } from '../http/request-key';
import { placeAttribute, requestOf, serviceOf } from './geo-report';
import { GeoReportFilter } from './geo-report.filter';
import { ListQueryDto } from './open311.dto';
import { readDraft, spanOf } from './request-draft';
import { send, wantsXml, xmlOf } from './wire';

const requests = { list: 'service_requests', one: 'request' };
const mostIds = 100;
const list = (value: string | undefined): string[] | undefined =>
  value
    ?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .slice(0, mostIds);

/** Open311 GeoReport v2 over the catalogue's kinds of problem; residents' own words are never shown. */
@ApiTags('open311')
@Public('GeoReport v2 lists are public by design; posting asks for a key of its own')
@UseFilters(GeoReportFilter)
@Controller('open311/v2')
export class Open311Controller {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly reports: OpenReportStore,
    private readonly filing: Filing,
    private readonly residents: ResidentStore,
    private readonly directory: DirectoryService,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** The kinds of problem one can report. */
  @Get(['services.json', 'services.xml'])
  services(@Req() request: Request, @Res() response: Response): void {
    const rows = this.catalogue
      .current()
      .entries.filter((entry) => entry.kind === 'report')
      .map(serviceOf);
    send(request, response, rows, { list: 'services', one: 'service' });
  }

  /** What is asked when reporting one kind. */
  @Get(['services/:code.json', 'services/:code.xml'])
  service(@Param('code') code: string, @Req() request: Request, @Res() response: Response): void {
    const definition = { service_code: this.kind(code).id, attributes: [placeAttribute] };
    if (!wantsXml(request)) {
      response.type('application/json; charset=utf-8').send(JSON.stringify(definition));
      return;
    }
    const attributes = { attribute: definition.attributes };
    response.type('text/xml; charset=utf-8').send(xmlOf({ service_definition: { ...definition, attributes } }));
  }

  /** Reports a problem for somebody; needs an `api_key` of the open311 kind. */
  @Post(['requests.json', 'requests.xml'])
  @ApiConsumes('application/x-www-form-urlencoded')
  async report(
    @Body() form: Record<string, unknown>,
    @Headers('x-api-key') header: string | undefined,
    @OnceKey() key: RequestKey | null,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.admit(header ?? form['api_key']);
    const { serviceCode, text, place } = readDraft(form);
    const kind = this.kind(serviceCode);
    const now = this.clock.now();
    const { number } = await this.once.perform(key, now, async (tx) => {
      const residentId = await this.residents.newResident(tx, now);
      const report = { categoryId: kind.id, text, place, fileIds: [] };
      return { number: (await this.filing.report(tx, residentId, report, now)).number };
    });
    const row = { service_request_id: number, service_notice: '已收到，会按时限办理并答复。', account_id: '' };
    send(request, response, [row], requests, 201);
  }

  /** Reports, newest first: by number, or of at most ninety days. */
  @Get(['requests.json', 'requests.xml'])
  async requests(@Query() query: ListQueryDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    const numbers = list(query.service_request_id);
    const entryIds = list(query.service_code);
    const status = new Set(list(query.status));
    const { page, page_size: size } = query;
    const rows = await this.reports.list({
      ...(numbers && { numbers }),
      ...(entryIds && { entryIds }),
      ...(status.size === 1 && { open: status.has('open') }),
      ...spanOf(query.start_date, query.end_date, this.clock.now()),
      limit: size,
      skip: (page - 1) * size,
    });
    send(request, response, rows.map(requestOf), requests);
  }

  /** One report. */
  @Get(['requests/:id.json', 'requests/:id.xml'])
  async request(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    send(request, response, [requestOf(await this.reportOf(id))], requests);
  }

  /** The number behind a token; here every report has its number at once, and the token is the number. */
  @Get(['tokens/:token.json', 'tokens/:token.xml'])
  async token(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { number } = await this.reportOf(token);
    send(request, response, [{ service_request_id: number, token }], requests);
  }

  private async reportOf(number: string): Promise<Parameters<typeof requestOf>[0]> {
    const now = this.clock.now();
    const [report] = await this.reports.list({ numbers: [number], from: now, to: now, limit: 1, skip: 0 });
    if (!report) throw new Refusal('case.notFound');
    return report;
  }

  private async admit(key: unknown): Promise<void> {
    if (typeof key !== 'string' || key === '') throw new Refusal('auth.apiKeyInvalid');
    if ((await this.directory.apiKey(key)).role !== 'open311') throw new Refusal('auth.roleMissing');
  }

  private kind(code: string): CatalogueEntry {
    const entry = this.catalogue.entry(code);
    if (entry?.kind !== 'report')
      throw new Refusal('request.notFound', [{ at: 'service_code', problem: 'provided was not found' }]);
    return entry;
  }
}
