import type { CatalogueFileEntry } from '../entry-file';

/** A guide and an entry for the specs of this folder. */
export const guide: NonNullable<CatalogueFileEntry['guide']> = {
  basis: ['《试验办法》第一条'],
  audience: '本区居民',
  conditions: ['年满八十周岁'],
  materials: [
    { id: 'id-card', name: '身份证', required: true, issuedBy: '公安机关', deferrable: false },
    { id: 'bank-card', name: '储蓄卡', required: true, issuedBy: '开户银行', deferrable: true },
  ],
  steps: ['申请', '受理', '办结'],
  statutoryLimit: { days: 20, unit: 'workingDay' },
  committedLimit: { days: 10, unit: 'workingDay' },
  handling: 'committed',
  fee: '不收费',
  place: '街道党群服务中心',
  hours: '工作日 9:00-17:00',
  enquiryPhone: '0990-5550001',
  complaintPhone: '0990-5550002',
  result: '按月发放',
  online: true,
  applicant: ['name', 'phone'],
  form: [],
};

export const content: CatalogueFileEntry = {
  id: 'trial-item',
  kind: 'item',
  name: '试验事项',
  department: '区民政局',
  category: '试验',
  aliases: [],
  summary: '只为试验而设。',
  keywords: ['试验'],
  guide,
};
