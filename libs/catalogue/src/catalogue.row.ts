import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CatalogueFileEntry } from './entry-file';

/** One version of an entry: 实施清单. Kept for ever, since cases point at the version they were opened under. */
@Entity('catalogue_version')
export class ItemVersionRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'entry_id' }) entryId!: string;
  @Column('int') version!: number;
  @Column('text', { name: 'department_id' }) departmentId!: string;
  @Column('jsonb') content!: CatalogueFileEntry;
  /** SHA-256 of the content: the same file again makes no new version. */
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @Column('text') state!: 'published' | 'replaced' | 'withdrawn';
  @Column('timestamptz', { name: 'published_at' }) publishedAt!: Date;
}

export const catalogueRows = [ItemVersionRow];
