import { Controller, Get, Header, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import {
  AssessmentService,
  scoresCsv,
  scoresXlsx,
  scoreWorkbook,
  type EvidencePage,
  type ScoreSheet,
  type TrendPoint,
} from '@linli/assessment';
import { Clock, PdfPress } from '@linli/platform';
import { For } from '../access/access';
import { computeLimit } from '../http/rate-limit';
import { EvidenceQueryDto, ScoresQueryDto, TrendQueryDto, type Direction } from './assessment.dto';
import { bulletinDocument, directionWords, type BulletinPart } from './bulletin-sheet';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const csv = 'text/csv';
const pdf = 'application/pdf';
const monthsShown = 12;

@ApiTags('assessment')
@ApiBearerAuth()
@ApiSecurity('apiKey')
@For({ officers: ['assessor', 'supervisor', 'leader', 'admin'], programs: ['assessor'] })
@Controller('api/v1/assessments')
export class AssessmentController {
  constructor(
    private readonly assessment: AssessmentService,
    private readonly printer: PdfPress,
    private readonly clock: Clock,
  ) {}

  /** One subject over the months up to the running one, oldest first; a month nobody said anything in has no item. */
  @Get('trend')
  async trend(@Query() { subject, months, direction }: TrendQueryDto): Promise<{ items: TrendPoint[] }> {
    return { items: await this.assessment.trend(direction, subject, months) };
  }

  /** A month's scores with sample, numerators and Wilson interval; `Accept` may ask for CSV or a workbook. */
  @Get(':period/scores')
  @ApiProduces('application/json', csv, xlsx)
  async scores(
    @Param('period') period: string,
    @Query() { direction }: ScoresQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScoreSheet | string | StreamableFile> {
    const sheet = await this.assessment.scores(period, direction, this.clock.now());
    const headings = this.assessment.indicators(sheet, direction);
    const name = `scores-${sheet.period}-${direction}`;
    response.vary('Accept');
    switch (request.accepts(['application/json', csv, xlsx])) {
      case csv:
        response.type('text/csv; charset=utf-8');
        response.attachment(`${name}.csv`);
        return scoresCsv(sheet, headings);
      case xlsx:
        return file(await scoresXlsx(sheet, headings), xlsx, `${name}.xlsx`);
      default:
        return sheet;
    }
  }

  /** 月通报 as a workbook, a sheet per direction. */
  @Get(':period/bulletin.xlsx')
  @Throttle(computeLimit)
  @ApiProduces(xlsx)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async workbook(@Param('period') period: string): Promise<StreamableFile> {
    const parts = await Promise.all([this.part(period, 'departments'), this.part(period, 'subdistricts')]);
    const named = (['departments', 'subdistricts'] as const).flatMap((direction, at) => {
      const part = parts[at];
      return part ? [{ ...part, name: directionWords[direction] }] : [];
    });
    return file(await scoreWorkbook(named), xlsx, `bulletin-${period}.xlsx`);
  }

  /** 月通报 on paper, with charts. */
  @Get(':period/bulletin.pdf')
  @Throttle(computeLimit)
  @ApiProduces(pdf)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async paper(@Param('period') period: string): Promise<StreamableFile> {
    const [departments, subdistricts] = await Promise.all([
      this.part(period, 'departments', monthsShown),
      this.part(period, 'subdistricts', monthsShown),
    ]);
    const printed = await this.printer.print(() => bulletinDocument(period, { departments, subdistricts }));
    return file(printed, pdf, `bulletin-${period}.pdf`);
  }

  /** The ratings or cases behind one figure, without identities. */
  @Get(':period/scores/:subjectId/evidence')
  @Header('Cache-Control', 'no-store')
  async evidence(
    @Param('period') period: string,
    @Param('subjectId') subjectId: string,
    @Query() { direction, indicator, limit, cursor }: EvidenceQueryDto,
  ): Promise<EvidencePage> {
    return this.assessment.evidence(period, direction, subjectId, indicator, limit, cursor ?? null);
  }

  private async part(period: string, direction: Direction, months = 1): Promise<BulletinPart> {
    const sheets = await this.assessment.months(period, direction, months, this.clock.now());
    const sheet = await this.assessment.scores(period, direction, this.clock.now());
    return { sheet, sheets, headings: this.assessment.indicators(sheet, direction) };
  }
}

function file(bytes: Buffer, type: string, name: string): StreamableFile {
  return new StreamableFile(bytes, { type, length: bytes.length, disposition: `attachment; filename="${name}"` });
}
