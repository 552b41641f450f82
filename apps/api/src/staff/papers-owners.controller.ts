import { Controller, Get, Header, Param, Req, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import type { Request } from 'express';
import { Papers, type AskedPaper } from '@linli/casework';
import { AnyCaller, caseReaders, For, type Caller } from '../access/access';
import { computeLimit } from '../http/rate-limit';
import { PapersDesk } from './papers-desk';

const pdf = { schema: { type: 'string', format: 'binary' } } as const;

@ApiTags('cases')
@ApiBearerAuth()
@For({ residents: true, officers: caseReaders })
@Throttle(computeLimit)
@Controller('api/v1/cases/:number')
export class OwnersPapersController {
  constructor(
    private readonly papers: Papers,
    private readonly desk: PapersDesk,
  ) {}

  /** 受理凭证, or 申请回执 before acceptance: for its owner, and masked for officers within their reach. */
  @Get('receipt.pdf')
  @Header('Cache-Control', 'private, no-store')
  @ApiProduces('application/pdf')
  @ApiOkResponse(pdf)
  receipt(
    @AnyCaller() caller: Caller,
    @Param('number') number: string,
    @Req() request: Request,
  ): Promise<StreamableFile> {
    return this.print(caller, number, 'receipt', request);
  }

  /** 一次性告知书（补正通知书）. */
  @Get('notice.pdf')
  @Header('Cache-Control', 'private, no-store')
  @ApiProduces('application/pdf')
  @ApiOkResponse(pdf)
  notice(
    @AnyCaller() caller: Caller,
    @Param('number') number: string,
    @Req() request: Request,
  ): Promise<StreamableFile> {
    return this.print(caller, number, 'notice', request);
  }

  /** 不予受理通知书. */
  @Get('decline.pdf')
  @Header('Cache-Control', 'private, no-store')
  @ApiProduces('application/pdf')
  @ApiOkResponse(pdf)
  decline(
    @AnyCaller() caller: Caller,
    @Param('number') number: string,
    @Req() request: Request,
  ): Promise<StreamableFile> {
    return this.print(caller, number, 'decline', request);
  }

  private async print(caller: Caller, number: string, asked: AskedPaper, request: Request): Promise<StreamableFile> {
    const paper =
      caller.kind === 'officer'
        ? await this.papers.forOfficer(number, caller.officer, asked)
        : await this.papers.forResident(number, caller.id, asked);
    return this.desk.paper(paper, request);
  }
}
