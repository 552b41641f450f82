import type { Chart } from './sheet';

/** Draws charts by ECharts, without a browser, in the font of the sheet; the library is loaded with the first. */
export async function drawn(charts: Readonly<Record<string, Chart>>): Promise<ReadonlyMap<string, string>> {
  const { init } = await import('echarts');
  return new Map(
    Object.entries(charts).map(([name, { width, height, option }]) => {
      const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
      try {
        chart.setOption({ animation: false, ...option, textStyle: { fontFamily: 'Noto' } });
        return [name, chart.renderToSVGString()] as const;
      } finally {
        chart.dispose();
      }
    }),
  );
}

/** The content with every `svg` that names a chart replaced by its drawing. */
export function placed(content: unknown, drawings: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(content)) return content.map((one) => placed(one, drawings));
  if (typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(
    Object.entries(content).map(([key, value]: [string, unknown]) => [
      key,
      key === 'svg' && typeof value === 'string' ? (drawings.get(value) ?? value) : placed(value, drawings),
    ]),
  );
}
