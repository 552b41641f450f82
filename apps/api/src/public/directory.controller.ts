import { Controller, Get, Query } from '@nestjs/common';
import { Public } from '@linli/platform';
import { ApiTags } from '@nestjs/swagger';
import { DirectoryService } from '@linli/directory';
import { PagingDto, pageById } from '../http/paging.dto';
import { CommunityPageDto, DepartmentPageDto, HallPageDto } from './directory.dto';

@ApiTags('directory')
@Public('offices, their hours and phones are published')
@Controller('api/v1')
export class DirectoryController {
  constructor(private readonly directory: DirectoryService) {}

  /** The service halls with their windows. */
  @Get('halls')
  async halls(@Query() paging: PagingDto): Promise<HallPageDto> {
    return pageById(await this.directory.halls(), paging);
  }

  @Get('directory/communities')
  async communities(@Query() paging: PagingDto): Promise<CommunityPageDto> {
    return pageById(await this.directory.communities(), paging);
  }

  @Get('directory/departments')
  async departments(@Query() paging: PagingDto): Promise<DepartmentPageDto> {
    return pageById(await this.directory.departments(), paging);
  }
}
