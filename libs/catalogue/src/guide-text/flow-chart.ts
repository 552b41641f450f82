import type { ServiceGuide } from '@linli/contracts';
import { howLong, limitInWords } from './lines';

/** A box of the chart; the decision is drawn as a diamond. */
export interface FlowBox {
  readonly shape: 'end' | 'step' | 'decision';
  /** Wrapped for its width. */
  readonly lines: readonly string[];
  /** What is written beside the arrow that leaves it downwards. */
  readonly after?: string;
}

/** Boxes from above to below; the decision has one arrow to the side and back. */
export interface FlowChart {
  readonly boxes: readonly FlowBox[];
  /** What stands in the box beside the decision. */
  readonly correction: readonly string[];
  /** One sentence for those who hear the chart instead of seeing it. */
  readonly description: string;
}

/** Signs on one line of a box. */
const lineWidth = 18;
const correctionWidth = 8;

/** The steps of a guide as a chart: start, papers, the question whether all is there, the other steps, the result. */
export function flowChartOf(guide: ServiceGuide): FlowChart {
  const [first = '提出申请', ...others] = guide.steps;
  const isCheck = (step: string): boolean => /核对|材料|说清|检查|收下|受理/.test(step);
  const check = others[0] !== undefined && isCheck(others[0]) ? others[0] : null;
  const rest = check === null ? others : others.slice(1);
  const limit = guide.handling === 'immediate' ? '当场' : `${limitInWords(guide.committedLimit)}内`;
  return {
    boxes: [
      { shape: 'end', lines: ['开始'] },
      { shape: 'step', lines: wrap(first, lineWidth) },
      ...(check === null ? [] : [{ shape: 'step' as const, lines: wrap(check, lineWidth) }]),
      { shape: 'decision', lines: ['材料齐不齐？'], after: rest.length === 0 ? `齐了，${limit}` : '齐了' },
      ...rest.map((step, at) => ({
        shape: 'step' as const,
        lines: wrap(step, lineWidth),
        ...(at === rest.length - 1 ? { after: limit } : {}),
      })),
      { shape: 'end', lines: wrap(`拿到：${guide.result}`, lineWidth) },
    ],
    correction: [...wrap('一次说清缺什么', correctionWidth), ...wrap('补好再交', correctionWidth)],
    description: `${guide.steps.map((step, at) => `第${at + 1}步，${step}`).join('。')}。材料不齐的，一次说清缺什么，补好再交。${howLong(guide)}。最后拿到：${guide.result}。`,
  };
}

const noLineStart = /^[，。、；：！？）》”」]/;

/** The text on lines of at most `width` signs (two Latin letters or figures count as one), no mark at a line's beginning. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of text.match(/[\x21-\x7e]+|[\s\S]/gu) ?? []) {
    const size = piece.charCodeAt(0) < 0x7f ? piece.length / 2 : 1;
    if (used + size > width && line !== '' && !noLineStart.test(piece)) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    line += piece;
    used += size;
  }
  return [...lines, line.trimEnd()].filter((one) => one !== '');
}
