import { Module } from '@nestjs/common';
import { CaseCourse } from './case-course.service';
import { CaseIntegrityStore } from './case-integrity.store';
import { CaseListStore } from './case-list.store';
import { CaseReading } from './case-reading.service';
import { CaseRegister } from './case-register.service';
import { CaseService } from './case.service';
import { CaseStore } from './case.store';
import { CaseSweep } from './case-sweep.service';
import { CaseTrailStore } from './case-trail.store';
import { DispatchStore } from './dispatch/dispatch.store';
import { Dispatching } from './dispatch/dispatching.service';

@Module({
  providers: [
    CaseService,
    CaseCourse,
    CaseReading,
    CaseRegister,
    CaseSweep,
    CaseStore,
    CaseTrailStore,
    CaseListStore,
    CaseIntegrityStore,
    DispatchStore,
    Dispatching,
  ],
  exports: [CaseService, CaseCourse, Dispatching],
})
export class CaseworkModule {}
