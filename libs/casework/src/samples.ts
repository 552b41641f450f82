import { newId } from '@linli/kernel';
import type { ApplicationDraft, CatalogueEntry, ReportDraft, ServiceGuide } from '@linli/contracts';

/** Entries and drafts for the specs of this room. */
export const guide: ServiceGuide = {
  basis: ['《中华人民共和国老年人权益保障法》第三十三条'],
  audience: '本区户籍、年满80周岁的老人',
  conditions: ['年满80周岁'],
  materials: [
    { id: 'id-card', name: '老人居民身份证', required: true, issuedBy: '公安机关', deferrable: false },
    { id: 'bank-card', name: '银行储蓄卡', required: true, issuedBy: '开户银行', deferrable: true },
    { id: 'proxy-letter', name: '代办委托书', required: false, issuedBy: '本人', deferrable: false },
  ],
  steps: ['提出申请', '核对', '发放'],
  statutoryLimit: { days: 20, unit: 'workingDay' },
  committedLimit: { days: 7, unit: 'workingDay' },
  handling: 'committed',
  fee: '不收费',
  place: '甲街道党群服务中心',
  hours: '周一至周五 9:00—17:00',
  enquiryPhone: '0990-5550301',
  complaintPhone: '0990-5550391',
  result: '津贴按月发放',
  online: true,
  applicant: ['name', 'idNumber', 'phone', 'address'],
  form: [
    { id: 'isSelf', label: '是否本人申请', ask: '是老人本人在申请吗？', type: 'yesNo', required: true },
    { id: 'bankName', label: '开户银行', ask: '哪家银行？', type: 'text', required: true, min: 2, max: 20 },
    { id: 'bankAccount', label: '银行卡号', ask: '卡号是多少？', type: 'text', required: false, max: 30 },
  ],
  age: { min: 80 },
};

const entry = {
  category: '老龄服务',
  aliases: [],
  summary: '说明',
  keywords: [],
  phrasings: [],
  version: 1,
};

export const item: CatalogueEntry = {
  ...entry,
  id: 'elder-allowance',
  kind: 'item',
  name: '高龄津贴申领',
  department: { id: 'civil', name: '区民政局' },
  versionId: '01980000-0000-7000-8000-000000000001',
  guide,
};

export const noise: CatalogueEntry = {
  ...entry,
  id: 'noise',
  kind: 'report',
  name: '噪声扰民',
  department: { id: 'urban', name: '区城市管理局' },
  versionId: '01980000-0000-7000-8000-000000000002',
};

export const elder = {
  name: '欧阳桂英',
  phone: '139 1234 5678',
  idNumber: '110105 19451231 0020',
  address: '甲街道梧桐路18号3单元502室',
};

/** An application that is good in every part. */
export function application(changes: Partial<ApplicationDraft> = {}): ApplicationDraft {
  return {
    kind: 'item',
    entry: item,
    residentId: newId(),
    subdistrictId: 's1',
    channel: 'wechatOfficial',
    applicant: elder,
    answers: { isSelf: '不是', bankName: '邻安银行', bankAccount: '6222020200012345678' },
    materials: [],
    fileIds: [],
    mediaIds: [],
    ...changes,
  };
}

/** A report that is good in every part. */
export function report(changes: Partial<ReportDraft> = {}): ReportDraft {
  return {
    kind: 'report',
    entry: noise,
    residentId: newId(),
    subdistrictId: 's1',
    channel: 'api',
    text: '楼下半夜施工，吵得睡不着，我电话13912345678',
    place: { lat: 30.5, lng: 120.5, words: '梧桐路18号楼下' },
    fileIds: [],
    mediaIds: [],
    ...changes,
  };
}
