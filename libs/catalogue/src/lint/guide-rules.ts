import { areaCodeMissing, chargesNothing, coreStepsMissing, resultKindOf, vagueMaterials } from './guide-words';
import { onGuide, repeated, when, type LintRule } from './rule';

const wenzhou = '温州办事指南校验规则';
const anyang13 = '《安阳市政务服务条例》第十三条';
const anyang23 = '《安阳市政务服务条例》第二十三条';
const item39046 = 'GB/T 39046-2020';

/** Rules on limits, materials, steps, phones and who applies. */
export const guideRules: readonly LintRule[] = [
  {
    id: 'limit.promise-within-law',
    severity: 'error',
    at: 'guide.committedLimit',
    sentence: '承诺时限不能比法定时限长。',
    problem: 'is longer than the statutory limit',
    source: '国令第722号《优化营商环境条例》第三十六条',
    broken: onGuide(({ statutoryLimit, committedLimit }) =>
      when(statutoryLimit.unit === committedLimit.unit && committedLimit.days > statutoryLimit.days),
    ),
  },
  {
    id: 'handling.immediate-within-a-day',
    severity: 'error',
    at: 'guide.handling',
    sentence: '即办件应当场或一天内办完；办不完请改为承诺件。',
    problem: 'an immediate item is decided within one day',
    source: wenzhou,
    broken: onGuide(({ handling, committedLimit }) => when(handling === 'immediate' && committedLimit.days > 1)),
  },
  {
    id: 'handling.committed-has-days',
    severity: 'advice',
    at: 'guide.handling',
    sentence: '承诺时限是 0 天，应改为即办件。',
    problem: 'a promise of 0 days is an immediate item',
    source: wenzhou,
    broken: onGuide(({ handling, committedLimit }) => when(handling === 'committed' && committedLimit.days === 0)),
  },
  {
    id: 'phone.two-numbers',
    severity: 'error',
    at: 'guide.complaintPhone',
    sentence: '投诉电话不能和咨询电话相同。',
    problem: 'must not be the enquiry phone',
    source: wenzhou,
    broken: onGuide(({ enquiryPhone, complaintPhone }) => when(enquiryPhone === complaintPhone)),
  },
  {
    id: 'phone.area-code',
    severity: 'warning',
    at: 'guide.enquiryPhone',
    sentence: '电话「{}」缺区号，外地打不通。',
    problem: '"{}" lacks its area code',
    source: wenzhou,
    broken: onGuide(({ enquiryPhone, complaintPhone }) => [enquiryPhone, complaintPhone].filter(areaCodeMissing)),
  },
  {
    id: 'applicant.name',
    severity: 'error',
    at: 'guide.applicant',
    sentence: '申请人信息要问姓名。',
    problem: 'must ask for the name',
    source: `${item39046} 表5`,
    broken: onGuide(({ applicant }) => when(!applicant.includes('name'))),
  },
  {
    id: 'applicant.phone',
    severity: 'error',
    at: 'guide.applicant',
    sentence: '申请人信息要问电话。',
    problem: 'must ask for the phone',
    source: `${item39046} 表5`,
    broken: onGuide(({ applicant }) => when(!applicant.includes('phone'))),
  },
  {
    id: 'applicant.once',
    severity: 'error',
    at: 'guide.applicant',
    sentence: '申请人信息「{}」重复了。',
    problem: '"{}" stands there twice',
    source: anyang23,
    broken: onGuide(({ applicant }) => repeated(applicant)),
  },
  {
    id: 'form.once',
    severity: 'error',
    at: 'guide.form',
    sentence: '问题编号「{}」重复了。',
    problem: '"{}" stands there twice',
    source: anyang23,
    broken: onGuide(({ form }) => repeated(form.map((field) => field.id))),
  },
  {
    id: 'material.once',
    severity: 'error',
    at: 'guide.materials',
    sentence: '材料编号「{}」重复了。',
    problem: '"{}" stands there twice',
    source: anyang23,
    broken: onGuide(({ materials }) => repeated(materials.map((material) => material.id))),
  },
  {
    id: 'material.named-once',
    severity: 'warning',
    at: 'guide.materials',
    sentence: '材料「{}」要了两次；同一份材料只收一次。',
    problem: '"{}" is asked for twice',
    source: anyang23,
    broken: onGuide(({ materials }) => repeated(materials.map((material) => material.name))),
  },
  {
    id: 'material.spelled-out',
    severity: 'error',
    at: 'guide.materials',
    sentence: '「{}」是兜底材料，请写明到底要哪些。',
    problem: '"{}" must be spelled out',
    source: anyang13,
    broken: onGuide(({ materials }) => vagueMaterials(materials.map((material) => material.name))),
  },
  {
    id: 'situation.once',
    severity: 'error',
    at: 'guide.situations',
    sentence: '情形编号「{}」重复了。',
    problem: '"{}" stands there twice',
    source: 'GB/T 39554.2-2020',
    broken: onGuide(({ situations = [] }) => repeated(situations.map((situation) => situation.id))),
  },
  {
    id: 'situation.known-materials',
    severity: 'error',
    at: 'guide.situations',
    sentence: '情形里的「{}」不在材料清单中；不得要清单以外的材料。',
    problem: '"{}" is no material of this guide: add it to the materials or take it out of the situation',
    source: anyang23,
    broken: onGuide(({ situations = [], materials }) => {
      const known = new Set(materials.map((material) => material.id));
      const asked = new Set(situations.flatMap((situation) => situation.materials));
      return [...asked].filter((id) => !known.has(id));
    }),
  },
  {
    id: 'situation.needs-every-material',
    severity: 'warning',
    at: 'guide.situations',
    sentence: '必备材料「{}」没有写进任何情形。',
    problem: 'the required material "{}" belongs to no situation',
    source: 'GB/T 39554.2-2020',
    broken: onGuide(({ situations = [], materials }) => {
      if (situations.length === 0) return [];
      const asked = new Set(situations.flatMap((situation) => situation.materials));
      return materials.filter((one) => one.required && !asked.has(one.id)).map((one) => one.name);
    }),
  },
  {
    id: 'steps.core',
    severity: 'advice',
    at: 'guide.steps',
    sentence: '办理流程里没有写「{}」这一步。',
    problem: 'no step tells of "{}"',
    source: 'GB/T 36114-2018 附录A',
    broken: onGuide(({ steps }, { kind }) =>
      kind === 'item' ? coreStepsMissing(steps, ['受理', '审查', '决定']) : [],
    ),
  },
  {
    id: 'result.kind',
    severity: 'warning',
    at: 'guide.resultKind',
    sentence: '办理结果是「{}」，结果类型要与它一致：证为出证，文为出文，批复为审批办结。',
    problem: 'does not fit the result "{}": 证 is a certificate, 文 a document, 批复 a decision',
    source: wenzhou,
    broken: onGuide(({ result, resultKind }) => {
      const kind = resultKindOf(result);
      return kind !== null && resultKind !== undefined && kind !== resultKind ? [result] : [];
    }),
  },
  {
    id: 'result.kind-told',
    severity: 'advice',
    at: 'guide.resultKind',
    sentence: '办理结果是「{}」，请选结果类型。',
    problem: 'is left out though the result is "{}"',
    source: wenzhou,
    broken: onGuide(({ result, resultKind }) => (resultKindOf(result) !== null && !resultKind ? [result] : [])),
  },
  {
    id: 'result.sample',
    severity: 'advice',
    at: 'guide.resultSample',
    sentence: '写了结果类型，请附结果样本。',
    problem: 'a result of a named kind has a sample',
    source: wenzhou,
    broken: onGuide(({ resultKind, resultSample }) => when(resultKind !== undefined && resultSample !== true)),
  },
  {
    id: 'fee.items',
    severity: 'warning',
    at: 'guide.fees',
    sentence: '收费的事项要写明收费项目、标准和依据。',
    problem: 'what is charged has items with a standard and a basis',
    source: wenzhou,
    broken: onGuide(({ fee, fees = [] }) => when(!chargesNothing(fee) && fees.length === 0)),
  },
  {
    id: 'fee.none-listed',
    severity: 'warning',
    at: 'guide.fees',
    sentence: '写了不收费，却列了收费项目。',
    problem: 'lists charges though the fee says there are none',
    source: wenzhou,
    broken: onGuide(({ fee, fees = [] }) => when(fee === '不收费' && fees.length > 0)),
  },
  {
    id: 'fee.pays-online',
    severity: 'advice',
    at: 'guide.paysOnline',
    sentence: '收费的事项要说明能不能网上支付。',
    problem: 'an item that charges says whether it can be paid online',
    source: wenzhou,
    broken: onGuide(({ fees = [], paysOnline }) => when(fees.length > 0 && paysOnline === undefined)),
  },
  {
    id: 'fee.nothing-to-pay',
    severity: 'warning',
    at: 'guide.paysOnline',
    sentence: '不收费的事项不能标网上支付。',
    problem: 'nothing is charged, so nothing is paid online',
    source: wenzhou,
    broken: onGuide(({ fee, fees = [], paysOnline }) =>
      when(paysOnline === true && chargesNothing(fee) && fees.length === 0),
    ),
  },
];
