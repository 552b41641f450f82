import type { CatalogueEntry, Limit, Material, ServiceGuide } from '@linli/contracts';
import type { Section } from './conversation';
import { oneLine, pagesOf, replyLimit, shorten } from './text';
import { bulleted, byDigit, numbered, wayOut } from './words';

export const menuNames = {
  materials: '要带的材料',
  steps: '办理步骤',
  apply: '现在就申请',
  where: '去哪里办、几点上班、电话',
  basis: '条件、依据和投诉电话',
  human: '找工作人员',
} as const;

const sectionTitles: Readonly<Record<Exclude<Section, 'overview'>, string>> = {
  materials: '要带的材料',
  steps: '办理步骤',
  where: '去哪里办',
  basis: '条件和依据',
};

export const also = (name: string): string => `另一件：${name}`;

/** First words on an entry: who, how long, how much, where; then what can be asked next. */
export function overview(entry: CatalogueEntry, menu: readonly string[], hotline: string): string {
  const ask = `${menu.includes(menuNames.human) ? '要人帮忙吗？' : '您想看哪一样？'}\n${numbered(menu, 200)}\n${byDigit}`;
  const facts = entry.guide ? guideFacts(entry, entry.guide) : plainFacts(entry, hotline);
  const room = replyLimit - ask.length - 2;
  return `${shorten([`「${shorten(entry.name, 60)}」`, ...facts].join('\n'), room)}\n${ask}`;
}

function guideFacts(entry: CatalogueEntry, guide: ServiceGuide): string[] {
  const online = guide.online && entry.kind === 'item';
  return [
    `谁能办：${oneLine(guide.audience, 90)}`,
    `多久办好：${howLong(guide)}`,
    `收费：${oneLine(guide.fee, 90)}`,
    online
      ? `在哪办：在这里就能申请，也可以去${oneLine(guide.place, 60)}`
      : `在哪办：${oneLine(guide.place, 60)}\n几点上班：${oneLine(guide.hours, 60)}\n咨询电话：${oneLine(guide.enquiryPhone, 30)}`,
  ];
}

function plainFacts(entry: CatalogueEntry, hotline: string): string[] {
  const summary = oneLine(entry.summary, 220);
  if (entry.kind === 'service')
    return [
      summary,
      `想用这项服务，发一下您的位置，我告诉您离得最近的地方；也可以打电话 ${hotline}，问清楚怎么约、要不要收费。`,
    ];
  return [
    summary,
    `这件事由${shorten(entry.department.name, 40)}负责，现在还不能在微信上申请。去之前请先打电话 ${hotline}，问清楚去哪个窗口、要带什么，免得白跑。`,
  ];
}

function howLong(guide: ServiceGuide): string {
  if (guide.handling === 'immediate') return '材料齐全，当场就办';
  return `受理以后${limit(guide.committedLimit)}内`;
}

function limit({ days, unit }: Limit): string {
  return `${days}${unit === 'workingDay' ? '个工作日' : '天'}`;
}

/** One page of a section of the guide, with what can be asked next. */
export function section(
  entry: CatalogueEntry & { readonly guide: ServiceGuide },
  which: Exclude<Section, 'overview'>,
  page: number,
  menu: readonly string[],
): string {
  const ask = `还想看什么？\n${numbered(menu, 200)}\n${byDigit}`;
  const head = `「${shorten(entry.name, 40)}」${sectionTitles[which]}`;
  const pages = pagesIn(entry, which, menu);
  const at = Math.min(page, pages.length - 1);
  const more = at < pages.length - 1 ? [`（第${at + 1}页，共${pages.length}页，看下一页回复「更多」）`] : [];
  return [head, pages[at] ?? '', ...more, ask].join('\n');
}

/** The pages of a section, as long as the menu leaves room for. */
export function pagesIn(
  entry: CatalogueEntry & { readonly guide: ServiceGuide },
  which: Exclude<Section, 'overview'>,
  menu: readonly string[],
): string[] {
  const room = replyLimit - numbered(menu, 200).length - 110;
  return pagesOf(linesOf(entry.guide, which), room);
}

function linesOf(guide: ServiceGuide, which: Exclude<Section, 'overview'>): string[] {
  switch (which) {
    case 'materials':
      return guide.materials.length === 0 ? ['不用带材料。'] : bulleted(guide.materials.map(material));
    case 'steps':
      return [...guide.steps.map((step, index) => `第${index + 1}步：${step}`), `办好以后您拿到：${guide.result}`];
    case 'where':
      return [`地点：${guide.place}`, `时间：${guide.hours}`, `咨询电话：${guide.enquiryPhone}`, `收费：${guide.fee}`];
    case 'basis':
      return [
        `谁能办：${guide.audience}`,
        '受理条件：',
        ...bulleted(guide.conditions),
        '依据：',
        ...bulleted(guide.basis),
        `法定时限：${limit(guide.statutoryLimit)}；我们承诺：${limit(guide.committedLimit)}`,
        `投诉电话：${guide.complaintPhone}`,
      ];
  }
}

function material(one: Material): string {
  const marks = [
    ...(one.copies === undefined ? [] : [`${one.copies}份`]),
    ...(one.required ? [] : ['有的人不用带']),
    ...(one.deferrable ? ['可以以后补'] : []),
    ...(one.pledgeable ? ['可以签承诺书代替'] : []),
  ];
  const note = one.note === undefined ? '' : `；${one.note}`;
  return `${one.name}${marks.length === 0 ? '' : `（${marks.join('，')}）`}${note}`;
}

export function notOnMenu(count: number, hotline: string): string {
  return `请回复1到${count}的数字，或者直接说您想办什么。${wayOut(hotline)}`;
}

export const lastPage = '后面没有了。';
