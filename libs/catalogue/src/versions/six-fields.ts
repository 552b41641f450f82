import type { ItemType } from '@linli/contracts';
import type { Finding, Lintable } from '../lint/rule';

type Guide = NonNullable<Lintable['guide']>;

interface MandatoryField {
  readonly rule: string;
  readonly at: string;
  readonly name: string;
  readonly isTold: (guide: Guide, type: ItemType | null) => boolean;
}

/** Powers an authority exercises on its own motion: whoever is concerned hands in nothing. */
const ownMotion: ReadonlySet<ItemType> = new Set(['penalty', 'coercion', 'levy', 'inspection']);
const nothingTold = /^(无|略|空|暂无|待定|待补充|未填|详见.*|见附件|[-—/.。]+)?$/;

function isTold(text: string): boolean {
  return !nothingTold.test(text.trim());
}

/** 权力公开的六项内容: what the public must be told of every power. */
export const mandatoryFields: readonly MandatoryField[] = [
  { rule: 'six.basis', at: 'guide.basis', name: '权力依据', isTold: ({ basis }) => basis.some(isTold) },
  {
    rule: 'six.conditions',
    at: 'guide.conditions',
    name: '办事条件',
    isTold: ({ conditions }) => conditions.some(isTold),
  },
  { rule: 'six.steps', at: 'guide.steps', name: '办事程序', isTold: ({ steps }) => steps.some(isTold) },
  {
    rule: 'six.limit',
    at: 'guide.committedLimit',
    name: '办事时限',
    isTold: ({ handling, committedLimit }) => handling === 'immediate' || committedLimit.days > 0,
  },
  {
    rule: 'six.materials',
    at: 'guide.materials',
    name: '需提交的材料',
    isTold: ({ materials }, type) => materials.length > 0 || (type !== null && ownMotion.has(type)),
  },
  {
    rule: 'six.complaint',
    at: 'guide.complaintPhone',
    name: '监督投诉方式',
    isTold: ({ complaintPhone }) => /\d{5}/.test(complaintPhone.replace(/[\s-]/g, '')),
  },
];

/**
 * Which of the six an entry does not tell. Of a power each is an error, so that it is not published without; of public
 * services a warning. Report categories are no items and have no guide.
 */
export function mandatoryFindings(entry: Lintable): Finding[] {
  if (entry.kind === 'report') return [];
  const type = entry.implementation?.type ?? null;
  const isPower = type !== null && type !== 'publicService';
  const missing = mandatoryFields.filter((field) => !entry.guide || !field.isTold(entry.guide, type));
  return missing.map(({ rule, at, name }) => ({
    rule,
    severity: isPower ? 'error' : 'warning',
    at,
    sentence: `没有写明「${name}」。${isPower ? '行政权力事项必须公开这一项。' : ''}`,
    problem: `is one of the six fields that must be public (${name})`,
    source: '行政权力公开六项内容',
  }));
}
