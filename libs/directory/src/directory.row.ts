import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BusinessEntry, HoursEntry } from './directory-file';
import type { DepartmentLevel, OfficerRole } from './roles';

@Entity('directory_district')
export class DistrictRow {
  @PrimaryColumn('text') id!: string;
  @Column('text') code!: string;
  @Column('text') name!: string;
  @Column('text') city!: string;
}

@Entity('directory_subdistrict')
export class SubdistrictRow {
  @PrimaryColumn('text') id!: string;
  @Column('text') code!: string;
  @Column('text') name!: string;
  @Column('double precision') lat!: number;
  @Column('double precision') lng!: number;
}

@Entity('directory_community')
export class CommunityRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'subdistrict_id' }) subdistrictId!: string;
  @Column('text') code!: string;
  @Column('text') name!: string;
}

@Entity('directory_grid_cell')
export class GridCellRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'community_id' }) communityId!: string;
  @Column('text') code!: string;
  @Column('text') name!: string;
}

@Entity('directory_department')
export class DepartmentRow {
  @PrimaryColumn('text') id!: string;
  @Column('text') name!: string;
  @Column('text') level!: DepartmentLevel;
  @Column('text') phone!: string;
  /** False for one that came with an import and is not in the district's tree: listed, never offered. */
  @Column('boolean') active!: boolean;
}

@Entity('directory_hall')
export class HallRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'subdistrict_id' }) subdistrictId!: string;
  @Column('text') name!: string;
  @Column('text') address!: string;
  @Column('text') phone!: string;
  @Column('double precision') lat!: number;
  @Column('double precision') lng!: number;
  @Column('jsonb') hours!: HoursEntry[];
  @Column('jsonb') businesses!: BusinessEntry[];
}

@Entity('directory_service_window')
export class ServiceWindowRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'hall_id' }) hallId!: string;
  @Column('text') name!: string;
  @Column('jsonb') businesses!: string[];
  @Column('int') position!: number;
}

@Entity('directory_officer')
export class OfficerRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') account!: string;
  @Column('text') name!: string;
  @Column('text') role!: OfficerRole;
  @Column('text', { name: 'hall_id', nullable: true }) hallId!: string | null;
  @Column('text', { name: 'department_id', nullable: true }) departmentId!: string | null;
  @Column('text', { name: 'subdistrict_id', nullable: true }) subdistrictId!: string | null;
  @Column('text', { name: 'community_id', nullable: true }) communityId!: string | null;
  @Column('text', { name: 'grid_id', nullable: true }) gridId!: string | null;
  @Column('text', { name: 'password_hash' }) passwordHash!: string;
  @Column('int', { name: 'failed_attempts' }) failedAttempts!: number;
  @Column('timestamptz', { name: 'locked_until', nullable: true }) lockedUntil!: Date | null;
  /** Raised by a change of password: tokens signed before it end. */
  @Column('int', { name: 'token_version' }) tokenVersion!: number;
  @Column('boolean') active!: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

export const directoryRows = [
  DistrictRow,
  SubdistrictRow,
  CommunityRow,
  GridCellRow,
  DepartmentRow,
  HallRow,
  ServiceWindowRow,
  OfficerRow,
];
