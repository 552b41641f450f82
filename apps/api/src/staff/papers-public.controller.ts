import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Papers } from '@linli/casework';
import { Public } from '@linli/platform';
import { papersPage } from './papers-page';

@ApiTags('cases')
@Public(
  'whoever is shown a paper must be able to see whether it is ours; the code is signed and nothing personal is said',
)
@Controller('api/v1/papers')
export class PublicPapersController {
  constructor(private readonly papers: Papers) {}

  /** What the code on a paper leads to: number, kind, date and how the case stands. */
  @Get(':code')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  async check(@Param('code') code: string, @Res({ passthrough: true }) response: Response): Promise<string> {
    const paper = await this.papers.check(code);
    if (!paper) response.status(404);
    return papersPage(paper);
  }
}
