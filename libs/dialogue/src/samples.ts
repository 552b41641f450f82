import { localDate } from '@linli/kernel';
import type {
  BookingSummary,
  CaseSummary,
  CatalogueEntry,
  RouteResult,
  ServiceGuide,
  SlotChoice,
  WaitSummary,
} from '@linli/contracts';
import type { World } from './world';

/** A small district for the specs of this room. */

const baseGuide: ServiceGuide = {
  basis: ['《老年人权益保障法》第三十三条'],
  audience: '本区户籍、年满80周岁的老人',
  conditions: ['年满80周岁', '户口在本区'],
  materials: [
    { id: 'id-card', name: '老人居民身份证', required: true, issuedBy: '公安机关', deferrable: false },
    { id: 'bank-card', name: '本人银行卡', required: true, issuedBy: '银行', deferrable: true, copies: 1 },
    { id: 'proxy', name: '委托书', required: false, issuedBy: '本人', deferrable: false, note: '别人代办才要' },
  ],
  steps: ['提出申请', '工作人员核对', '按月发到银行卡'],
  statutoryLimit: { days: 20, unit: 'workingDay' },
  committedLimit: { days: 7, unit: 'workingDay' },
  handling: 'committed',
  fee: '不收费',
  place: '街道党群服务中心综合窗口',
  hours: '周一至周五 9:00—17:00',
  enquiryPhone: '0990-5550302',
  complaintPhone: '0990-5550391',
  result: '每月的高龄津贴',
  online: true,
  applicant: ['name', 'idNumber', 'phone', 'address'],
  form: [
    { id: 'isSelf', label: '是否本人申请', ask: '现在是老人自己在申请吗？', type: 'yesNo', required: true },
    {
      id: 'relation',
      label: '代办人',
      ask: '代办的人是老人的什么人？',
      type: 'text',
      required: false,
      min: 2,
      max: 20,
    },
    {
      id: 'pay',
      label: '发放方式',
      ask: '钱怎么领？',
      type: 'choice',
      required: true,
      choices: ['打到银行卡', '打到社保卡'],
    },
    {
      id: 'since',
      label: '居住起始日',
      ask: '从哪天起住在本区？',
      type: 'date',
      required: true,
      hint: '例如：1990年3月5日',
    },
    { id: 'people', label: '家里人数', ask: '家里几口人？', type: 'number', required: true, min: 1, max: 20 },
  ],
  age: { min: 80 },
};

function entryOf(id: string, kind: CatalogueEntry['kind'], name: string, guide?: ServiceGuide): CatalogueEntry {
  return {
    id,
    kind,
    name,
    department: { id: 'civil', name: kind === 'report' ? '区城管局' : '区民政局' },
    category: '养老',
    aliases: [],
    summary: `${name}的简要说明。`,
    keywords: [],
    phrasings: [],
    version: 1,
    versionId: `${id}-v1`,
    ...(guide ? { guide } : {}),
  };
}

export const allowance = entryOf('elder-allowance', 'item', '高龄津贴申领', baseGuide);

const entries: readonly CatalogueEntry[] = [
  allowance,
  entryOf('elder-card', 'item', '老年人优待证办理', {
    ...baseGuide,
    handling: 'immediate',
    applicant: ['name', 'phone'],
    form: [],
    age: { min: 60 },
  }),
  entryOf('idcard', 'item', '居民身份证办理', { ...baseGuide, online: false, place: '派出所户籍窗口' }),
  entryOf('dibao', 'item', '最低生活保障申请'),
  entryOf('svc-meal', 'service', '老年助餐（长者食堂）'),
  entryOf('r-streetlight', 'report', '路灯不亮与损坏'),
  entryOf('r-noise', 'report', '施工噪声扰民'),
];

const meanings: readonly (readonly [RegExp, string])[] = [
  [/高龄|津贴/, 'elder-allowance'],
  [/老年证|优待证/, 'elder-card'],
  [/身份证/, 'idcard'],
  [/低保/, 'dibao'],
  [/食堂|送餐|吃饭/, 'svc-meal'],
  [/路灯/, 'r-streetlight'],
  [/噪|吵/, 'r-noise'],
];

/** A stand-in router: words on a list. */
export function routeBySample(text: string): RouteResult {
  if (/着火|晕倒|触电/.test(text))
    return {
      decision: 'emergency',
      candidates: [],
      emergency: { call: '119', advice: '先离开危险的地方，不要回去拿东西。' },
    };
  if (/人工|真人/.test(text)) return { decision: 'human', candidates: [] };
  const found = meanings.flatMap(([words, id]) => (words.test(text) ? [candidate(id)] : []));
  if (found.length === 0) return { decision: 'none', candidates: [] };
  if (/还有|另外/.test(text) && found.length > 1)
    return {
      decision: 'route',
      candidates: found,
      intents: found.map((one) => ({ text: one.name, candidates: [one] })),
    };
  return { decision: found.length === 1 && !/好像/.test(text) ? 'route' : 'clarify', candidates: found };
}

function candidate(id: string): RouteResult['candidates'][number] {
  const entry = entries.find((one) => one.id === id) ?? allowance;
  return {
    id,
    kind: entry.kind,
    name: entry.name,
    score: 0.9,
    reasons: [`「${entry.name.slice(0, 2)}」→ ${entry.name}`],
  };
}

/** The sample district on a morning in March. */
export function sampleWorld(change: Partial<World> = {}): World {
  const now = new Date('2026-03-10T02:00:00Z');
  return {
    now,
    today: localDate(now),
    route: routeBySample,
    entry: (id) => entries.find((one) => one.id === id),
    subdistricts: [
      { id: 's1', name: '桂花街道' },
      { id: 's2', name: '梧桐街道' },
    ],
    knownSubdistrictId: null,
    hotline: '0990-5550000',
    ...change,
  };
}

/** The sample world some hours later. */
export function hoursLater(world: World, hours: number): World {
  const now = new Date(world.now.getTime() + hours * 3_600_000);
  return { ...world, now, today: localDate(now) };
}

export function sampleCase(change: Partial<CaseSummary> = {}): CaseSummary {
  return {
    number: '2600000019',
    kind: 'item',
    title: '高龄津贴申领',
    state: 'submitted',
    department: '区民政局',
    submittedAt: new Date('2026-03-09T02:00:00Z'),
    acceptOn: '2026-03-17',
    dueOn: '2026-03-26',
    missing: [],
    answerBy: null,
    outcome: null,
    publicReply: null,
    ...change,
  };
}

/** Three free times of the sample canteen. */
export const sampleSlots: readonly SlotChoice[] = [
  '2026-03-10T03:00:00Z',
  '2026-03-10T04:00:00Z',
  '2026-03-11T03:00:00Z',
].map((start, at) => ({
  slotId: `canteen.svc-meal~${at}`,
  placeName: '书院社区长者食堂',
  start: new Date(start),
  end: new Date(Date.parse(start) + 30 * 60_000),
  free: 3 - at,
}));

export function sampleWait(change: Partial<WaitSummary> = {}): WaitSummary {
  return {
    ...{ id: '0199c000-0000-7000-8000-000000000002', title: '老年助餐（长者食堂）', placeName: '书院社区长者食堂' },
    ...{ start: new Date('2026-03-10T03:00:00Z'), ahead: 2 },
    ...change,
  };
}

export function sampleBooking(change: Partial<BookingSummary> = {}): BookingSummary {
  return {
    ...{ id: '0199c000-0000-7000-8000-000000000001', number: 'Y2600000423', state: 'booked' },
    ...{ title: '老年助餐（长者食堂）', placeName: '书院社区长者食堂', party: 1 },
    ...{ start: new Date('2026-03-10T03:00:00Z'), end: new Date('2026-03-10T03:30:00Z') },
    ...change,
  };
}
