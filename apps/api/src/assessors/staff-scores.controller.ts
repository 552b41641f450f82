import { Controller, Get, Header, Param, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AssessmentService, staffCsv, staffXlsx, type StaffSheet } from '@linli/assessment';
import { Clock } from '@linli/platform';
import { AnyCaller, For, type Caller } from '../access/access';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const csv = 'text/csv';

/** What an appraisal of staff may go by (绩效): counts and shares with their intervals, no ranking. */
@ApiTags('assessment')
@ApiBearerAuth()
@ApiSecurity('apiKey')
@For({ officers: ['assessor', 'supervisor', 'leader', 'admin'], programs: ['assessor'] })
@Controller('api/v1/assessments')
export class StaffScoresController {
  constructor(
    private readonly assessment: AssessmentService,
    private readonly clock: Clock,
  ) {}

  /** What residents said of each officer's services; officers of a subdistrict see their own. `Accept` as for scores. */
  @Get(':period/staff-scores')
  @Header('Cache-Control', 'no-store')
  @ApiProduces('application/json', csv, xlsx)
  async staff(
    @Param('period') period: string,
    @AnyCaller() caller: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StaffSheet | string | StreamableFile> {
    const subdistrictId = caller.kind === 'officer' ? caller.officer.subdistrictId : null;
    const sheet = await this.assessment.staff(period, subdistrictId, this.clock.now());
    const name = `staff-scores-${period}`;
    response.vary('Accept');
    switch (request.accepts(['application/json', csv, xlsx])) {
      case csv:
        response.type('text/csv; charset=utf-8');
        response.attachment(`${name}.csv`);
        return staffCsv(sheet);
      case xlsx: {
        const bytes = await staffXlsx(sheet);
        const disposition = `attachment; filename="${name}.xlsx"`;
        return new StreamableFile(bytes, { type: xlsx, length: bytes.length, disposition });
      }
      default:
        return sheet;
    }
  }
}
