export { directoryRows } from './directory.row';
export { Directory1780000001000 } from './directory.migration';
export { type DirectoryFile, type OfficerEntry } from './directory-file';
export { DirectoryModule } from './directory.module';
export { DirectoryService, type ApiKeyRole, type Hall } from './directory.service';
export { OfficerService, type Officer } from './officers.service';
export { passwordProblem } from './password';
export { ResidentStore, type Contact, type Identity } from './residents.store';
export { departmentLevels, officerRoles, type DepartmentLevel, type OfficerRole } from './roles';
