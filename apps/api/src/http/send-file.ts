import { StreamableFile } from '@nestjs/common';
import type { StoredFile } from '@linli/platform';

/** A kept file as an attachment: nothing residents upload is ever shown as a page of this site. */
export function sendFile({ file, content }: { file: StoredFile; content: Buffer }): StreamableFile {
  return new StreamableFile(content, {
    type: file.mediaType,
    length: content.length,
    disposition: `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
}
