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

/** The text on as few lines of at most `width` signs as it needs, about equally long: no single sign is left over. */
export function wrap(text: string, width: number): string[] {
  const greedy = filled(text, width);
  for (let narrower = Math.ceil(sizeOf(text) / Math.max(1, greedy.length)); narrower < width; narrower += 1) {
    const even = filled(text, narrower);
    if (even.length <= greedy.length) return even;
  }
  return greedy;
}

const piecesOf = (text: string): string[] => text.match(/[\x21-\x7e]+|[\s\S]/gu) ?? [];
/** Two Latin letters or figures count as one sign. */
const sizeOf = (text: string): number =>
  piecesOf(text).reduce((sum, piece) => sum + (piece.charCodeAt(0) < 0x7f ? piece.length / 2 : 1), 0);

/** Lines filled one after the other, no mark at a line's beginning. */
function filled(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of piecesOf(text)) {
    const size = sizeOf(piece);
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
