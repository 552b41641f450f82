import { Module } from '@nestjs/common';
import { DirectoryService } from './directory.service';
import { OfficerService } from './officers.service';
import { ResidentStore } from './residents.store';

@Module({
  providers: [DirectoryService, OfficerService, ResidentStore],
  exports: [DirectoryService, OfficerService, ResidentStore],
})
export class DirectoryModule {}
