import { Module } from '@nestjs/common';
import { DirectoryService } from './directory.service';
import { OfficerService } from './officers.service';
import { ResidentStore } from './residents.store';
import { AdmissionService } from './responsibility/admission.service';
import { AdmissionStore } from './responsibility/admission.store';
import { AssignmentFactsStore } from './responsibility/assignment-facts.store';
import { ListReadingStore } from './responsibility/list-reading.store';
import { ListStore } from './responsibility/list.store';
import { ResponsibilityService } from './responsibility/responsibility.service';
import { UnitStore } from './responsibility/unit.store';

const people = [DirectoryService, OfficerService, ResidentStore];
const duties = [AdmissionService, AssignmentFactsStore, ListReadingStore, ResponsibilityService, UnitStore];

@Module({
  providers: [...people, ...duties, AdmissionStore, ListStore],
  exports: [...people, ...duties],
})
export class DirectoryModule {}
