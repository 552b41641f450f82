/** A QR code as SVG; its library is loaded by the first who prints one. */
export async function codeDrawing(address: string): Promise<string> {
  const { toString: draw } = await import('qrcode');
  return draw(address, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
}
