import { randomBytes } from 'node:crypto';

/** A stored picture or sound with the type it claims by its first bytes. */
export interface Media {
  readonly mediaId: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly extension: string;
  readonly createdAt: number;
}

/** A file of a multipart body, kept in memory. */
export interface UploadedBytes {
  readonly buffer: Buffer;
}

const totalLimit = 64 * 1024 * 1024;
/** Largest upload taken, in bytes. */
export const mediaLimit = 5 * 1024 * 1024;

/** Temporary media. Kept within 64 MB: the oldest go first. */
export class MediaShelf {
  private readonly items = new Map<string, Media>();
  private total = 0;

  /** Stores bytes under a new media_id; null when they are neither PNG, JPEG, AMR nor MP3. */
  put(bytes: Buffer, at: number): Media | null {
    const kind = sniff(bytes);
    if (kind === null) return null;
    const media: Media = { mediaId: randomBytes(32).toString('base64url'), bytes, createdAt: at, ...kind };
    this.items.set(media.mediaId, media);
    this.total += bytes.length;
    this.trim();
    return media;
  }

  get(mediaId: string): Media | null {
    return this.items.get(mediaId) ?? null;
  }

  clear(): void {
    this.items.clear();
    this.total = 0;
  }

  private trim(): void {
    for (const [id, media] of this.items) {
      if (this.total <= totalLimit) return;
      this.items.delete(id);
      this.total -= media.bytes.length;
    }
  }
}

function sniff(bytes: Buffer): { contentType: string; extension: string } | null {
  const head = bytes.subarray(0, 8).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { contentType: 'image/png', extension: 'png' };
  if (head.startsWith('\xff\xd8\xff')) return { contentType: 'image/jpeg', extension: 'jpg' };
  if (head.startsWith('#!AMR')) return { contentType: 'audio/amr', extension: 'amr' };
  if (head.startsWith('ID3') || head.startsWith('\xff\xfb')) return { contentType: 'audio/mpeg', extension: 'mp3' };
  return null;
}
