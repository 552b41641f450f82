import type { CatalogueEntry, Limit, Material, ServiceGuide } from '@linli/contracts';

/** One part of a guide: its heading and what stands under it, line by line. */
export interface GuidePart {
  readonly title: string;
  readonly lines: readonly string[];
}

/** A limit in plain words. */
export function limitInWords({ days, unit }: Limit): string {
  return days === 0 ? '当天' : `${days}${unit === 'workingDay' ? '个工作日' : '天'}`;
}

/** How long it takes, counted from when the papers are taken. */
export function howLong(guide: ServiceGuide): string {
  if (guide.handling === 'immediate') return '材料带齐，当场就办';
  return `收下材料后${limitInWords(guide.committedLimit)}内办好`;
}

/** A guide in the order people ask: may I, how long, what to bring, where, and then what the law says. */
export function partsOf(entry: CatalogueEntry, guide: ServiceGuide): GuidePart[] {
  return [
    { title: '谁能办', lines: [guide.audience, ...guide.conditions.map(listed)] },
    { title: '多久办好', lines: [`${howLong(guide)}（规定最长${limitInWords(guide.statutoryLimit)}）`] },
    { title: '收费', lines: [guide.fee] },
    { title: '要带的材料', lines: materialLines(guide) },
    { title: '怎么办', lines: guide.steps.map((step, at) => `第${at + 1}步：${step}`) },
    { title: '办好以后您拿到', lines: [guide.result] },
    { title: '去哪里办', lines: whereLines(entry, guide) },
    { title: '依据', lines: guide.basis.map(listed) },
    { title: '不满意打电话', lines: [`投诉电话：${guide.complaintPhone}`] },
  ];
}

function whereLines(entry: CatalogueEntry, guide: ServiceGuide): string[] {
  return [
    ...(guide.online && entry.kind === 'item' ? ['在微信上就能申请，不用跑。'] : []),
    `地点：${guide.place}`,
    `时间：${guide.hours}`,
    `咨询电话：${guide.enquiryPhone}`,
  ];
}

function materialLines({ materials, situations = [] }: ServiceGuide): string[] {
  if (materials.length === 0) return ['不用带材料。'];
  const names = new Map(materials.map((one) => [one.id, one.name]));
  return [
    ...materials.map((one) => listed(materialInWords(one))),
    ...situations.map(
      (one) =>
        `${one.name}：带${one.materials
          .map((id) => names.get(id) ?? '')
          .filter(Boolean)
          .join('、')}`,
    ),
  ];
}

/** A material in one line: how many, who needs it, whether it may follow later. */
export function materialInWords({ name, copies, required, deferrable, pledgeable, note }: Material): string {
  const marks = [
    ...(copies === undefined ? [] : [`${copies}份`]),
    ...(required ? [] : ['有的人不用带']),
    ...(deferrable ? ['可以以后补'] : []),
    ...(pledgeable ? ['可以签承诺书代替'] : []),
  ];
  return `${name}${marks.length === 0 ? '' : `（${marks.join('，')}）`}${note === undefined ? '' : `；${note}`}`;
}

const listed = (line: string): string => `· ${line}`;
