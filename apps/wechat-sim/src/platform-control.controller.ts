import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
  StreamableFile,
  UploadedFile,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '@linli/platform';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  AdvanceDto,
  AfterDto,
  ConsentDto,
  LoginCodeDto,
  PhoneCodeDto,
  PlanErrorDto,
  PlanFaultDto,
} from './control.dto';
import { LoopbackGuard } from './loopback.guard';
import { mediaLimit, type UploadedBytes } from './media-shelf';
import type { Person } from './people';
import type { Fault } from './planned-faults';
import { SimFilter } from './sim.filter';
import { SimState } from './sim-state';

/** The levers behind the platform: records, faults, time, codes. */
@ApiExcludeController()
@Public('the stand-in platform is not the product; it serves only this machine unless SIMULATOR=on')
@SkipThrottle()
@UseGuards(LoopbackGuard)
@UseFilters(SimFilter)
@UsePipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }))
@Controller('simulator/control')
export class PlatformControlController {
  constructor(private readonly state: SimState) {}

  @Get('sent')
  sent(@Query() query: AfterDto): object {
    const items = this.state.sent.after(Number(query.after ?? 0));
    return { items: query.path === undefined ? items : items.filter((item) => item.path === query.path) };
  }

  @Get('menu')
  menu(): object {
    return { menu: this.state.menu };
  }

  @Post('errors')
  @HttpCode(200)
  planError(@Body() plan: PlanErrorDto): object {
    this.state.faults.plan(plan.path, { kind: 'errcode', errcode: plan.errcode }, plan.times ?? 1);
    return plan;
  }

  @Post('faults')
  @HttpCode(200)
  planFault(@Body() plan: PlanFaultDto): object {
    this.state.faults.plan(plan.path, faultOf(plan), plan.times ?? 1);
    return plan;
  }

  @Post('clock')
  @HttpCode(200)
  advance(@Body() { advanceMs }: AdvanceDto): object {
    this.state.clock.advance(advanceMs);
    return { now: new Date(this.state.clock.now()).toISOString() };
  }

  @Post('tokens/expire')
  @HttpCode(200)
  expireTokens(): object {
    this.state.tokens.expireAll();
    return {};
  }

  @Post('login-codes')
  loginCode(@Body() { openid }: LoginCodeDto): object {
    return { code: this.state.loginCodes.issue(this.person(openid)) };
  }

  @Post('phone-codes')
  phoneCode(@Body() { openid, phone }: PhoneCodeDto): object {
    return { code: this.state.phoneCodes.issue({ person: this.person(openid), phone }) };
  }

  @Post('users/:openid/consents')
  @HttpCode(200)
  consent(@Param('openid') openid: string, @Body() { templateId, times }: ConsentDto): object {
    this.person(openid).consents.set(templateId, times);
    return { templateId, times };
  }

  @Post('media')
  @UseInterceptors(FileInterceptor('file', { limits: { fileSize: mediaLimit, files: 1 } }))
  upload(@UploadedFile() file: UploadedBytes | undefined): object {
    const media = file === undefined ? null : this.state.media.put(file.buffer, this.state.clock.now());
    if (media === null) throw new BadRequestException('a PNG or JPEG of at most 5 MB is expected');
    return { mediaId: media.mediaId };
  }

  @Get('media/:mediaId')
  media(@Param('mediaId') mediaId: string): StreamableFile {
    const media = this.state.media.get(mediaId);
    if (media === null) throw new NotFoundException('no such media');
    return new StreamableFile(media.bytes, { type: media.contentType, length: media.bytes.length });
  }

  @Delete('state')
  @HttpCode(204)
  clear(): void {
    this.state.clear();
  }

  /** Accepts either of the person's two openids. */
  private person(openid: string): Person {
    const person = this.state.people.official(openid) ?? this.state.people.mini(openid);
    if (person === null) throw new NotFoundException('no such user');
    return person;
  }
}

function faultOf(plan: PlanFaultDto): Fault {
  if (plan.hang === true) return { kind: 'hang' };
  if (plan.httpStatus !== undefined) return { kind: 'status', status: plan.httpStatus };
  if (plan.delayMs !== undefined) return { kind: 'delay', ms: plan.delayMs };
  throw new BadRequestException('one of delayMs, hang and httpStatus is needed');
}
