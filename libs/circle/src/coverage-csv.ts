import type { AreaCoverage, CategoryCoverage, Coverage, Gap } from './coverage';
import type { NamedUnmet } from './unmet';

const head = [
  '层级',
  '编号',
  '名称',
  '类别',
  '居民点数',
  '户数',
  '5分钟内',
  '10分钟内',
  '15分钟内',
  '15分钟走不到的居民点',
];

/**
 * The report as a table for spreadsheet programs: a row for each area and category, then document 004's figures, then the
 * searches that found nothing.
 */
export function coverageCsv(coverage: Coverage, unmet: readonly NamedUnmet[] = []): string {
  const district = { id: '', name: '全区', subdistrictId: '', ...coverage, categories: coverage.district };
  const rows = [
    ...rowsOf('区', district, coverage.gaps),
    ...coverage.subdistricts.flatMap((area) =>
      rowsOf(
        '街道',
        area,
        coverage.gaps.filter((gap) => gap.subdistrictId === area.id),
      ),
    ),
    ...coverage.communities.flatMap((area) =>
      rowsOf(
        '社区',
        area,
        coverage.gaps.filter((gap) => gap.communityId === area.id),
      ),
    ),
  ];
  const indicators = coverage.indicators.map((one) => [
    '指标',
    one.subdistrictId,
    one.subdistrictName,
    one.name,
    '',
    '',
    '',
    '',
    one.value === null ? '暂无数据' : String(one.value),
    `目标 ${one.target}，${one.isMet ? '已达到' : '未达到'}`,
  ]);
  // The mark tells spreadsheet programs that this is UTF-8.
  return `\uFEFF${[head, ...rows, ...indicators, ...unmet.map((one) => unmetRow(coverage, one))].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** What was sought in a community and not found. */
function unmetRow(coverage: Coverage, { communityId, soughtName, count }: NamedUnmet): string[] {
  const name = coverage.communities.find((one) => one.id === communityId)?.name ?? '';
  return ['没找到的搜索', communityId, name, soughtName, '', '', '', '', '', `近30天 ${count} 次`];
}

function rowsOf(level: string, area: AreaCoverage, gaps: readonly Gap[]): string[][] {
  return area.categories.map((category) => [
    level,
    area.id,
    area.name,
    category.name,
    String(area.points),
    String(area.households),
    ...shares(category),
    gaps
      .filter((gap) => gap.category === category.id)
      .map((gap) => gap.name)
      .join('、'),
  ]);
}

function shares({ within }: CategoryCoverage): string[] {
  return within.map(({ points }) => `${(points * 100).toFixed(1)}%`);
}

/** Quoted where needed; a text that a spreadsheet would take for a formula is kept a text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
