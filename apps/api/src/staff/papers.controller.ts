import { Controller, Get, Header, Param, Req, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import type { Request } from 'express';
import { Papers } from '@linli/casework';
import type { Officer } from '@linli/directory';
import { ActingOfficer, caseReaders, For } from '../access/access';
import { computeLimit } from '../http/rate-limit';
import { PapersDesk } from './papers-desk';
import { TransferSlipDto } from './papers.dto';

const pdf = { schema: { type: 'string', format: 'binary' } } as const;

@ApiTags('staff: papers')
@ApiBearerAuth()
@For({ officers: caseReaders })
@Throttle(computeLimit)
@Controller('api/v1/staff/cases/:number')
export class PapersController {
  constructor(
    private readonly papers: Papers,
    private readonly desk: PapersDesk,
  ) {}

  /** 受理凭证, or 申请回执 before acceptance; people masked. */
  @Get('receipt.pdf')
  @Header('Cache-Control', 'private, no-store')
  @ApiProduces('application/pdf')
  @ApiOkResponse(pdf)
  async receipt(
    @ActingOfficer() officer: Officer,
    @Param('number') number: string,
    @Req() request: Request,
  ): Promise<StreamableFile> {
    return this.desk.paper(await this.papers.forOfficer(number, officer, 'receipt'), request);
  }

  /** 一次性告知书（补正通知书）. */
  @Get('notice.pdf')
  @Header('Cache-Control', 'private, no-store')
  @ApiProduces('application/pdf')
  @ApiOkResponse(pdf)
  async notice(
    @ActingOfficer() officer: Officer,
    @Param('number') number: string,
    @Req() request: Request,
  ): Promise<StreamableFile> {
    return this.desk.paper(await this.papers.forOfficer(number, officer, 'notice'), request);
  }

  /** 不予受理通知书. */
  @Get('decline.pdf')
  @Header('Cache-Control', 'private, no-store')
  @ApiProduces('application/pdf')
  @ApiOkResponse(pdf)
  async decline(
    @ActingOfficer() officer: Officer,
    @Param('number') number: string,
    @Req() request: Request,
  ): Promise<StreamableFile> {
    return this.desk.paper(await this.papers.forOfficer(number, officer, 'decline'), request);
  }

  /** 流转单: the case on one sheet, everything once, people masked. */
  @Get('transfer-slip')
  @Header('Cache-Control', 'private, no-store')
  slip(@ActingOfficer() officer: Officer, @Param('number') number: string): Promise<TransferSlipDto> {
    return this.papers.transferSlip(number, officer);
  }

  /** 流转单 on paper. */
  @Get('transfer-slip.pdf')
  @Header('Cache-Control', 'private, no-store')
  @ApiProduces('application/pdf')
  @ApiOkResponse(pdf)
  async slipSheet(@ActingOfficer() officer: Officer, @Param('number') number: string): Promise<StreamableFile> {
    return this.desk.slip(await this.papers.transferSlip(number, officer));
  }
}
