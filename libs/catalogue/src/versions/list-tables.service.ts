import { stringify } from 'csv-stringify/sync';
import type { ListName } from './history.service';
import type { Power, PublicService, ResponsibilityOfPower } from './public-lists';
import { valueText } from './value-text';

/** Which revision of the catalogue a list shows, and since which day it stands. */
export interface ListHead {
  /** Null for a list as of a day that is over. */
  readonly revision: number | null;
  /** Civil date; null while nothing is published. */
  readonly asOf: string | null;
}

/** What the lists are called. */
export const listTitles: Readonly<Record<ListName, string>> = {
  powers: '权力清单',
  responsibilities: '责任清单',
  services: '公共服务清单',
};

/** A list as people read it: its name, its columns, and what stands in them. */
export interface ListTable {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const lines = (texts: readonly string[]): string => texts.join('\n');
const limit = (one: object | null): string => valueText('guide.committedLimit', one) ?? '';

/** A file that spreadsheet programs open: UTF-8 with a mark, formulas disarmed. */
export function listCsv({ revision, asOf }: ListHead, { header, rows }: ListTable): string {
  const head = [String(revision ?? ''), asOf ?? ''];
  return stringify([['目录版次', '截至日期', ...header], ...rows.map((row) => [...head, ...row.map(String)])], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

export function powersTable(powers: readonly Power[]): ListTable {
  return {
    title: listTitles.powers,
    header: [
      '事项编号',
      '事项编码',
      '权力名称',
      '权力类型',
      '行使层级',
      '行使主体',
      '联办机构',
      '权力依据',
      '权力来源',
      '生效日期',
      '终止日期',
      '版本',
    ],
    rows: powers.map((one) => [
      one.id,
      one.code ?? '',
      one.name,
      one.typeName,
      one.levelName,
      one.department.name,
      one.jointWith.join('、'),
      lines(one.basis),
      one.source ?? '',
      one.effectiveOn ?? '',
      one.endsOn ?? '',
      one.version,
    ]),
  };
}

export function responsibilitiesTable(duties: readonly ResponsibilityOfPower[]): ListTable {
  return {
    title: listTitles.responsibilities,
    header: [
      '事项编号',
      '权力名称',
      '权力类型',
      '责任主体',
      '联办机构',
      '责任事项',
      '法定时限',
      '承诺时限',
      '咨询电话',
      '监督投诉电话',
      '版本',
    ],
    rows: duties.map((one) => [
      one.id,
      one.name,
      one.typeName,
      one.department.name,
      one.jointWith.join('、'),
      lines(one.duties),
      limit(one.statutoryLimit),
      limit(one.committedLimit),
      one.enquiryPhone ?? '',
      one.complaintPhone ?? '',
      one.version,
    ]),
  };
}

export function servicesTable(services: readonly PublicService[]): ListTable {
  return {
    title: listTitles.services,
    header: [
      '事项编号',
      '服务名称',
      '提供单位',
      '分类',
      '说明',
      '服务对象',
      '地点',
      '时间',
      '收费',
      '可否在线申请',
      '咨询电话',
      '版本',
    ],
    rows: services.map((one) => [
      one.id,
      one.name,
      one.department.name,
      one.category,
      one.summary,
      one.audience ?? '',
      one.place ?? '',
      one.hours ?? '',
      one.fee ?? '',
      one.online ? '是' : '否',
      one.enquiryPhone ?? '',
      one.version,
    ]),
  };
}
