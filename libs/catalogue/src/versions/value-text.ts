import { valueWords } from './field-words';

type Branch = Readonly<Record<string, unknown>>;

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const units: Readonly<Record<string, string>> = { workingDay: '个工作日', naturalDay: '天（自然日）' };

function limitText({ days, unit }: Branch): string {
  return days === 0 ? '当场' : `${String(days)}${units[String(unit)] ?? String(unit)}`;
}

function ageText({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min !== undefined && max !== undefined) return `${min}至${max}周岁`;
  if (min !== undefined) return `满${min}周岁`;
  return max === undefined ? '不限' : `不超过${max}周岁`;
}

/** A value of a field as an officer reads it: coded words, limits and yes or no in Chinese. */
export function valueText(path: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return valueWords[path]?.[value] ?? value;
  if (Array.isArray(value)) return value.map((one) => valueText(path, one) ?? '').join('；');
  if (!isBranch(value)) return null;
  if ('days' in value && 'unit' in value) return limitText(value);
  if (path === 'guide.age') return ageText(value);
  const name = value['name'] ?? value['label'] ?? value['question'];
  return typeof name === 'string' ? name : JSON.stringify(value);
}
