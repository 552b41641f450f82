import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AssessmentService, scoresCsv, type EvidencePage, type ScoreSheet } from '@linli/assessment';
import { Clock } from '@linli/platform';
import { For } from '../access/access';
import { EvidenceQueryDto, ScoresQueryDto } from './assessment.dto';

@ApiTags('assessment')
@ApiBearerAuth()
@ApiSecurity('apiKey')
@For({ officers: ['assessor', 'supervisor', 'leader', 'admin'], programs: ['assessor'] })
@Controller('api/v1/assessments')
export class AssessmentController {
  constructor(
    private readonly assessment: AssessmentService,
    private readonly clock: Clock,
  ) {}

  /** A month's scores with sample, numerators and Wilson interval; `Accept: text/csv` gives the file. */
  @Get(':period/scores')
  @ApiProduces('application/json', 'text/csv')
  async scores(
    @Param('period') period: string,
    @Query() { direction }: ScoresQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScoreSheet | string> {
    const sheet = await this.assessment.scores(period, direction, this.clock.now());
    response.vary('Accept');
    if (request.accepts(['application/json', 'text/csv']) !== 'text/csv') return sheet;
    response.type('text/csv; charset=utf-8');
    response.attachment(`scores-${sheet.period}-${direction}.csv`);
    return scoresCsv(sheet);
  }

  /** The ratings behind one figure, without identities. */
  @Get(':period/scores/:subjectId/evidence')
  @Header('Cache-Control', 'no-store')
  async evidence(
    @Param('period') period: string,
    @Param('subjectId') subjectId: string,
    @Query() { direction, indicator, limit, cursor }: EvidenceQueryDto,
  ): Promise<EvidencePage> {
    return this.assessment.evidence(period, direction, subjectId, indicator, limit, cursor ?? null);
  }
}
