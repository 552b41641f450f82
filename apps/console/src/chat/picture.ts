const limitBytes = 5 * 1024 * 1024;
const longestSide = 2_000;

/** The picture as PNG or JPEG within 5 MB, made smaller when need be; null when it is no picture this browser can read. */
export async function fitPicture(file: File): Promise<Blob | null> {
  const accepted = file.type === 'image/png' || file.type === 'image/jpeg';
  if (accepted && file.size <= limitBytes) return file;
  const image = await createImageBitmap(file).catch(() => null);
  if (image === null) return null;
  const scale = Math.min(1, longestSide / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
}
