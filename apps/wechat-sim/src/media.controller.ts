import {
  Controller,
  Get,
  HttpCode,
  Post,
  Query as QueryOf,
  StreamableFile,
  UploadedFile,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '@linli/platform';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiExcludeController } from '@nestjs/swagger';
import { LoopbackGuard } from './loopback.guard';
import { mediaLimit, type UploadedBytes } from './media-shelf';
import { PlatformDesk, type Query } from './platform-desk';
import { PlatformError } from './platform-error';
import { PlatformInterceptor } from './platform.interceptor';
import { SimFilter } from './sim.filter';
import { SimState } from './sim-state';

/** Temporary media: pictures residents send, and pictures the account uploads. */
@ApiExcludeController()
@Public('the stand-in platform is not the product; it serves only this machine unless SIMULATOR=on')
@SkipThrottle()
@UseGuards(LoopbackGuard)
@UseFilters(SimFilter)
@UseInterceptors(PlatformInterceptor)
@Controller('simulator/cgi-bin/media')
export class MediaController {
  constructor(
    private readonly state: SimState,
    private readonly desk: PlatformDesk,
  ) {}

  @Get('get')
  get(@QueryOf() query: Query): StreamableFile {
    this.desk.authorize(query);
    const media = this.state.media.get(query['media_id'] ?? '');
    if (media === null) throw new PlatformError(40007);
    const disposition = `attachment; filename="${media.mediaId}.${media.extension}"`;
    return new StreamableFile(media.bytes, { type: media.contentType, disposition, length: media.bytes.length });
  }

  @Post('upload')
  @HttpCode(200)
  @UseInterceptors(FileInterceptor('media', { limits: { fileSize: mediaLimit * 2 } }))
  upload(@QueryOf() query: Query, @UploadedFile() file: UploadedBytes | undefined): object {
    this.desk.authorize(query);
    const type = query['type'] ?? '';
    if (!['image', 'voice', 'video', 'thumb'].includes(type)) throw new PlatformError(40004);
    if (file === undefined) throw new PlatformError(41005);
    const media = this.state.media.put(file.buffer, this.state.clock.now());
    if (media === null) throw new PlatformError(40004);
    return { type, media_id: media.mediaId, created_at: Math.floor(media.createdAt / 1000) };
  }
}
