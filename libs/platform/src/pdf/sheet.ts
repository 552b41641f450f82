import type { EChartsOption } from 'echarts';
import type { TDocumentDefinitions } from 'pdfmake/interfaces';

/** Thin lines around every cell; `tight` and `roomy` leave a little space above and below, for ordinary and large print. */
export type LinedLayout = 'lined' | 'tight' | 'roomy';

/** The line at the foot of every page: a note, if there is one, and which page of how many. */
export interface SheetFooter {
  /** Space on both sides, in points. */
  readonly sides: number;
  readonly note?: string;
}

/** A chart as ECharts describes it, without functions, since it travels to another thread; sizes in points. */
export interface Chart {
  readonly width: number;
  readonly height: number;
  readonly option: EChartsOption;
}

/** What a PDF is made of. Plain data, since it travels to another thread: layouts are names, the footer is described. */
export interface PdfSheet {
  readonly document: Omit<TDocumentDefinitions, 'footer' | 'header' | 'background' | 'tableLayouts'>;
  readonly footer: SheetFooter;
  /** Charts by name; the content shows one by `svg: name`. */
  readonly charts?: Readonly<Record<string, Chart>>;
}
