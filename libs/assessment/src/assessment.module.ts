import { Module } from '@nestjs/common';
import { DirectoryModule } from '@linli/directory';
import { AssessmentService } from './assessment.service';
import { AssessmentStore } from './assessment.store';

@Module({
  imports: [DirectoryModule],
  providers: [AssessmentStore, AssessmentService],
  exports: [AssessmentService],
})
export class AssessmentModule {}
