import { stringify } from 'csv-stringify/sync';
import { dutyRoleWords, levelWords, listKindWords, listPartWords, type ListKind } from '@linli/directory';
import type { ListRowDto } from './responsibility.dto';

const powerWords: Readonly<Record<string, string>> = {
  licence: '行政许可',
  penalty: '行政处罚',
  coercion: '行政强制',
  levy: '行政征收',
  benefit: '行政给付',
  inspection: '行政检查',
  confirmation: '行政确认',
  reward: '行政奖励',
  ruling: '行政裁决',
  otherPower: '其他权力',
  publicService: '公共服务',
};

/** A list as a file that spreadsheet programs open: UTF-8 with a mark, formulas disarmed. */
export function listCsv(kind: ListKind, rows: readonly (ListRowDto & { readonly title: string })[]): string {
  const head = ['清单种类', '清单', '编号', '事项', '负责层级', '负责单位', '主办或协办', '类别', '依据', '施行日期'];
  const body = rows.map((row) => [
    listKindWords[kind],
    row.title,
    row.key,
    row.matter,
    levelWords[row.level],
    row.officeName ?? '',
    dutyRoleWords[row.role],
    row.part === null ? (powerWords[row.powerType ?? ''] ?? '') : listPartWords[row.part],
    row.basis,
    row.effectiveOn,
  ]);
  return stringify([head, ...body], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}
