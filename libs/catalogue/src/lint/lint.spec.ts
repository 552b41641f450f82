import type { Implementation, ServiceGuide } from '@linli/contracts';
import { lintEntry, lintRules } from './lint-entry';
import type { Lintable } from './rule';

const guide: ServiceGuide = {
  basis: ['试验办法第一条'],
  audience: '本区居民',
  conditions: ['年满八十周岁'],
  materials: [{ id: 'id-card', name: '身份证', required: true, issuedBy: '公安机关', deferrable: false }],
  steps: ['受理', '审核', '审批', '办结', '送达'],
  statutoryLimit: { days: 20, unit: 'workingDay' },
  committedLimit: { days: 10, unit: 'workingDay' },
  handling: 'committed',
  fee: '不收费',
  place: '街道党群服务中心',
  hours: '工作日 9:00-17:00',
  enquiryPhone: '0990-5550001',
  complaintPhone: '12345',
  result: '试验许可证',
  resultKind: 'certificate',
  resultSample: true,
  online: true,
  applicant: ['name', 'phone'],
  form: [],
  questions: [{ question: '多久办好？', answer: '十个工作日。' }],
  visits: { count: 1, reason: '核对本人' },
};
const implementation: Implementation = {
  codes: { scheme: 'local', localTask: 'A-1' },
  type: 'licence',
  level: 'county',
  audiences: ['person'],
  themes: ['老年人'],
};
const entry: Lintable = { kind: 'item', name: '试验许可', department: '区民政局', guide, implementation };
const material = guide.materials[0]!;

function broken(guideChange: Partial<ServiceGuide>, facts: Partial<Implementation> = {}): string[] {
  const changed = { ...entry, guide: { ...guide, ...guideChange }, implementation: { ...implementation, ...facts } };
  return lintEntry(changed).map((finding) => finding.rule);
}

describe('rules of quality', () => {
  it('find nothing wrong with a guide that keeps them', () => expect(lintEntry(entry)).toEqual([]));

  it.each<[string, Partial<ServiceGuide>, Partial<Implementation>?]>([
    ['limit.promise-within-law', { committedLimit: { days: 21, unit: 'workingDay' } }],
    ['handling.immediate-within-a-day', { handling: 'immediate' }],
    ['handling.committed-has-days', { committedLimit: { days: 0, unit: 'workingDay' } }],
    ['phone.two-numbers', { complaintPhone: guide.enquiryPhone }],
    ['phone.area-code', { enquiryPhone: '5550001' }],
    ['applicant.name', { applicant: ['phone'] }],
    ['applicant.phone', { applicant: ['name'] }],
    ['applicant.once', { applicant: ['name', 'phone', 'name'] }],
    ['form.once', { form: ['a', 'a'].map((id) => ({ id, label: '甲', ask: '甲？', type: 'text', required: true })) }],
    ['material.once', { materials: [material, { ...material, name: '户口簿' }] }],
    ['material.named-once', { materials: [material, { ...material, id: 'again' }] }],
    ['material.spelled-out', { materials: [{ ...material, name: '法律、法规规定的其他材料' }] }],
    ['situation.once', { situations: ['a', 'a'].map((id) => ({ id, name: '初次', materials: ['id-card'] })) }],
    ['situation.known-materials', { situations: [{ id: 'a', name: '初次', materials: ['id-card', 'ghost'] }] }],
    [
      'situation.needs-every-material',
      {
        materials: [material, { ...material, id: 'book', name: '户口簿' }],
        situations: [{ id: 'a', name: '初次', materials: ['book'] }],
      },
    ],
    ['steps.core', { steps: ['受理', '审核', '办结', '送达', '归档'].filter((one) => one !== '受理') }],
    ['result.kind', { resultKind: 'decision' }],
    ['result.kind-told', { result: '同意建设的批复', resultKind: undefined as never }],
    ['result.sample', { resultSample: false }],
    ['fee.items', { fee: '每本 10 元' }],
    ['fee.none-listed', { fees: [{ name: '工本费', standard: '10 元', basis: '价费字第 1 号' }], paysOnline: false }],
    ['fee.pays-online', { fee: '每本 10 元', fees: [{ name: '工本费', standard: '10 元', basis: '价费字第 1 号' }] }],
    ['fee.nothing-to-pay', { paysOnline: true }],
    ['code.shape', {}, { codes: { scheme: 'national', basic: '1234567890123' } }],
    [
      'code.contradiction',
      {},
      { codes: { scheme: 'national', basic: '440112345000', implementation: '91350100M000100Y434440112345001' } },
    ],
    ['code.check-character', {}, { codes: { scheme: 'local', authority: '91350100M000100Y44' } }],
    ['code.agrees', {}, { codes: { scheme: 'national', basic: '440512345000' } }],
    ['dates.in-order', {}, { effectiveOn: '2026-02-01', endsOn: '2026-02-01' }],
    ['joint.others', {}, { jointWith: ['区民政局'] }],
    ['audience.fits-theme', {}, { audiences: ['enterprise'] }],
    ['visits.reason', { visits: { count: 2, reason: '无' } }],
    ['visits.none-no-reason', { visits: { count: 0, reason: '核对本人' } }],
    ['visits.none-needs-courier', { visits: { count: 0, reason: '无' }, online: false }],
    ['visits.fully-online', { onlineDepth: 4 }],
    ['licence.questions', { questions: [] }],
    ['licence.steps', { steps: ['受理', '审核', '审批', '办结'] }],
  ])('%s', (rule, change, facts = {}) => expect(broken(change, facts)).toContain(rule));

  it('advise an item without a guide to get one', () => {
    expect(lintEntry({ ...entry, guide: undefined }).map((one) => one.rule)).toEqual(['guide.present']);
    expect(lintEntry({ ...entry, guide: undefined, kind: 'report' })).toEqual([]);
  });

  it('are each broken by a case above, named once, and say a whole sentence with a source', () => {
    const ids = lintRules.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { sentence, problem, source } of lintRules) {
      expect(sentence).toMatch(/[。）}]$/);
      expect(problem.length).toBeGreaterThan(1);
      expect(source.length).toBeGreaterThan(3);
    }
  });

  it('put the detail into the sentence of the officer', () => {
    const [finding] = lintEntry({ ...entry, guide: { ...guide, complaintPhone: '5550001' } });
    expect(finding).toMatchObject({ severity: 'warning', sentence: '电话「5550001」缺区号，外地打不通。' });
  });
});
