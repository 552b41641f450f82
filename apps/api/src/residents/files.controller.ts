import {
  Controller,
  Get,
  Header,
  Param,
  Post,
  Req,
  StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { isUuid, Refusal } from '@linli/kernel';
import { Clock, fileSizeLimit, FileStore, OnceOnly, type FileOwner } from '@linli/platform';
import { AnyCaller, givenWorkers, For, type Caller, type KnownRequest } from '../access/access';
import { requestKeyOf } from '../http/request-key';
import { sendFile } from '../http/send-file';

export class FileDto {
  id!: string;
  name!: string;
  /** Read from the content. */
  mediaType!: string;
  /** Bytes. */
  size!: number;
}

interface Uploaded {
  readonly originalname: string;
  readonly buffer: Buffer;
}

@ApiTags('files')
@ApiBearerAuth()
@For({ residents: true, officers: givenWorkers })
@Controller('api/v1/files')
export class FilesController {
  constructor(
    private readonly files: FileStore,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  /** Keeps a photo or PDF of at most 10 MB, to be named in an application, a report or as evidence. */
  @Post()
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  @UseInterceptors(FileInterceptor('file', { limits: { fileSize: fileSizeLimit, files: 1, fields: 5 } }))
  async upload(
    @AnyCaller() caller: Caller,
    @UploadedFile() file: Uploaded | undefined,
    @Req() request: Request & KnownRequest,
  ): Promise<FileDto> {
    if (!file) throw new Refusal('file.empty', [{ at: 'file', problem: '请选择一个文件' }]);
    // Browsers send the name in UTF-8, the multipart parser reads it as Latin-1.
    const name = Buffer.from(file.originalname, 'latin1').toString('utf8');
    const key = requestKeyOf(request, file.buffer.toString('base64'));
    const now = this.clock.now();
    return this.once.perform(key, now, (tx) => this.files.keep(tx, ownerOf(caller), name, file.buffer, now));
  }

  /** One of the caller's own files. */
  @Get(':id')
  @Header('Cache-Control', 'private, no-store')
  async read(@AnyCaller() caller: Caller, @Param('id') id: string): Promise<StreamableFile> {
    const [own] = isUuid(id) ? await this.files.owned(ownerOf(caller), [id]) : [];
    if (!own) throw new Refusal('file.notFound');
    return sendFile(await this.files.read(id));
  }
}

function ownerOf(caller: Caller): FileOwner {
  return { kind: caller.kind === 'officer' ? 'officer' : 'resident', id: caller.id };
}
