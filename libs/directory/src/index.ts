export { directoryRows } from './directory.row';
export { CatalogueImport1780000013000 } from './catalogue-import.migration';
export { Directory1780000001000 } from './directory.migration';
export { type DirectoryFile, type OfficerEntry } from './directory-file';
export { OfficerArea1780000072000 } from './officer-area.migration';
export { DirectoryModule } from './directory.module';
export { DirectoryService, type ApiKeyRole, type Hall, type NewDepartment } from './directory.service';
export { OfficerService, type Officer } from './officers.service';
export { passwordProblem } from './password';
export { Population1780000060310 } from './population.migration';
export { ResidentStore, type Contact, type Identity } from './residents.store';
export { departmentLevels, officerRoles, type DepartmentLevel, type OfficerRole } from './roles';
export type { Admission, AdmissionActor, AdmissionDraft, AdmissionState } from './responsibility/admission';
export { AdmissionService } from './responsibility/admission.service';
export {
  mayBeResponsible,
  type Assignable,
  type AssignmentAnswer,
  type AssignmentQuestion,
  type ResponsibilityRecord,
} from './responsibility/assignment-check';
export { AssignmentFactsStore, type AssignmentFacts } from './responsibility/assignment-facts.store';
export type { AssignmentReason, AssignmentRefusal } from './responsibility/assignment-words';
export {
  ListReadingStore,
  type Adjustment,
  type ListVersion,
  type PublishedList,
  type PublishedRow,
} from './responsibility/list-reading.store';
export type { Guard, Matter, MatterName, Nature } from './responsibility/matter';
export { Responsibility1780000011000 } from './responsibility/responsibility.migration';
export { ResponsibilityService, type ResponsibilityReport } from './responsibility/responsibility.service';
export {
  dutyRoles,
  dutyRoleWords,
  listKinds,
  listKindWords,
  listPartWords,
  type DutyRole,
  type ListKind,
  type ListPart,
} from './responsibility/responsibility-list';
export { levelWords, type NamedUnit, type Territory, type Unit } from './responsibility/unit';
export { UnitStore, type GivenUnit, type ReachableUnit, type Workplace } from './responsibility/unit.store';
export { nearestResponsible, type Handler } from './responsibility/who-handles';
