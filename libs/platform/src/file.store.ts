import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { newId, Refusal } from '@linli/kernel';
import type { Config } from './config';
import { Database, type Tx } from './database';
import { FieldCipher } from './field-cipher';
import { sniffMediaType } from './media-type';
import { CONFIG } from './tokens';

/** 10 MB: what a phone photographs, and what WeChat hands over. */
export const fileSizeLimit = 10 * 1024 * 1024;

export interface FileOwner {
  readonly kind: 'resident' | 'officer';
  readonly id: string;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

interface FileRow {
  readonly id: string;
  readonly name: Buffer;
  readonly media_type: string;
  readonly size: number;
}

/** Uploaded papers and pictures: content sealed under `DATA_DIR/uploads`, facts in PostgreSQL. */
@Injectable()
export class FileStore {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /**
   * Keeps a file. The type is read from the content, never from its name; refuses empty, oversized and other types than
   * JPEG, PNG, WebP, HEIC and PDF. The content is on disk before the row exists, so a row never lacks its file.
   */
  async keep(writer: Pick<Tx, 'sql'>, owner: FileOwner, name: string, content: Buffer, now: Date): Promise<StoredFile> {
    if (content.length === 0) throw new Refusal('file.empty');
    if (content.length > fileSizeLimit) throw new Refusal('file.tooLarge');
    const mediaType = sniffMediaType(content);
    if (!mediaType) throw new Refusal('file.typeRefused');
    const id = newId();
    const shortName = name.replace(/[\p{Cc}/\\]/gu, '').slice(0, 120) || 'file';
    const path = this.pathOf(id);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    await writeFile(`${path}.part`, this.cipher.sealBytes('file.content', id, content), { mode: 0o600, flush: true });
    await rename(`${path}.part`, path);
    await writer.sql(
      `insert into platform_file (id, owner_kind, owner_id, name, media_type, size, sha256, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        owner.kind,
        owner.id,
        this.cipher.seal('file.name', id, shortName),
        mediaType,
        content.length,
        createHash('sha256').update(content).digest(),
        now,
      ],
    );
    return { id, name: shortName, mediaType, size: content.length };
  }

  /** The files of that owner among the ids; a foreign or unknown id is missing from the answer. */
  async owned(owner: FileOwner, ids: readonly string[]): Promise<StoredFile[]> {
    const rows = await this.database.sql<FileRow>(
      `select id, name, media_type, size from platform_file
       where id = any($1::uuid[]) and owner_kind = $2 and owner_id = $3`,
      [ids, owner.kind, owner.id],
    );
    return rows.map((row) => this.stored(row));
  }

  /** Facts and content; whether the asker may see it is decided by the caller. */
  async read(id: string): Promise<{ file: StoredFile; content: Buffer }> {
    const [row] = await this.database.sql<FileRow>(
      'select id, name, media_type, size from platform_file where id = $1',
      [id],
    );
    if (!row) throw new Refusal('file.notFound');
    return {
      file: this.stored(row),
      content: this.cipher.openBytes('file.content', id, await readFile(this.pathOf(id))),
    };
  }

  private stored(row: FileRow): StoredFile {
    return {
      id: row.id,
      name: this.cipher.open('file.name', row.id, row.name),
      mediaType: row.media_type,
      size: row.size,
    };
  }

  private pathOf(id: string): string {
    return join(this.config.dataDir, 'uploads', id.slice(-2), id);
  }
}
