import { Module } from '@nestjs/common';
import { CorrectionStore } from './correction.store';
import { GuidanceService } from './guidance.service';

@Module({
  providers: [CorrectionStore, GuidanceService],
  exports: [GuidanceService],
})
export class GuidanceModule {}
