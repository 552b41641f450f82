const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'audio/amr': 'amr',
  'voice/amr': 'amr',
  'video/mp4': 'mp4',
};

/** The name of a file in an answer's headers, made safe to keep; `fallback` and the type's ending when there is none. */
export function fileName(disposition: string, type: string, fallback: string): string {
  const given = /filename="?([^";]+)/i.exec(disposition)?.[1] ?? '';
  const name = safe(given.split(/[/\\]/).at(-1) ?? '');
  if (name !== '') return name;
  const extension = extensions[type.split(';')[0]?.trim().toLowerCase() ?? ''];
  return `${safe(fallback) || 'media'}${extension === undefined ? '' : `.${extension}`}`;
}

function safe(name: string): string {
  return name
    .replace(/[^\p{L}\p{N}._-]/gu, '')
    .replace(/^\.+/, '')
    .slice(-100);
}
