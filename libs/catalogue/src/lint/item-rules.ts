import { checkCodes, type CodeProblem } from '../codes/item-codes';
import { coreStepsMissing } from './guide-words';
import { onGuide, onImplementation, when, type Lintable, type LintRule } from './rule';

const wenzhou = '温州办事指南校验规则';
const codesSource = 'GB/T 39554.1-2020、ZWFW C0109.1-2018';
const personal = /生育|户籍|婚姻|养老|老年人|残疾人|义务教育|离职退休|社会救助|死亡殡葬/;
const corporate = /设立变更|企业|法人|招标|招商|破产注销|商务贸易|年检年审/;

function codeProblems(...faults: CodeProblem['fault'][]): LintRule['broken'] {
  return onImplementation((implementation) =>
    checkCodes(implementation)
      .filter(({ fault }) => faults.includes(fault))
      .map(({ field, problem }) => `${field}: ${problem}`),
  );
}

function isLicence({ kind, implementation }: Lintable): boolean {
  return kind === 'item' && implementation?.type === 'licence';
}

/** Rules on codes, powers, visits, themes and what licences need. */
export const itemRules: readonly LintRule[] = [
  {
    id: 'code.shape',
    severity: 'error',
    at: 'implementation.codes',
    sentence: '事项编码位数或格式不对：基本编码 12 位，实施编码 31 位，业务办理项编码 33 位。（{}）',
    problem: '{}',
    source: codesSource,
    broken: codeProblems('shape'),
  },
  {
    id: 'code.contradiction',
    severity: 'error',
    at: 'implementation.codes',
    sentence: '几个编码互相对不上：实施编码由机构代码、层级和基本编码拼成。（{}）',
    problem: '{}',
    source: codesSource,
    broken: codeProblems('contradiction'),
  },
  {
    id: 'code.check-character',
    severity: 'warning',
    at: 'implementation.codes',
    sentence: '统一社会信用代码的校验位不对，请核对。（{}）',
    problem: '{}',
    source: 'GB 32100-2015',
    broken: codeProblems('checkCharacter'),
  },
  {
    id: 'code.agrees',
    severity: 'warning',
    at: 'implementation.codes',
    sentence: '编码里的类型、层级与填写的不一致。（{}）',
    problem: '{}',
    source: codesSource,
    broken: codeProblems('typeDiffers', 'levelDiffers', 'parent'),
  },
  {
    id: 'dates.in-order',
    severity: 'error',
    at: 'implementation.endsOn',
    sentence: '终止日期要晚于生效日期。',
    problem: 'must be later than effectiveOn',
    source: 'ZWFW C0109.2-2018',
    broken: onImplementation(({ effectiveOn, endsOn }) =>
      when(effectiveOn !== undefined && endsOn !== undefined && endsOn <= effectiveOn),
    ),
  },
  {
    id: 'joint.others',
    severity: 'warning',
    at: 'implementation.jointWith',
    sentence: '联办机构里不用写本部门「{}」。',
    problem: 'names the department itself, "{}"',
    source: 'GB/T 39046-2020 表4',
    broken: onImplementation(({ jointWith = [] }, { department }) => jointWith.filter((one) => one === department)),
  },
  {
    id: 'audience.fits-theme',
    severity: 'warning',
    at: 'implementation.audiences',
    sentence: '主题「{}」与服务对象不一致：个人主题对自然人，法人主题对法人。',
    problem: 'do not fit the theme "{}"',
    source: wenzhou,
    broken: onImplementation(({ themes = [], audiences = [] }) => {
      if (audiences.length === 0) return [];
      const forPersons = audiences.includes('person');
      const forOthers = audiences.some((one) => one !== 'person');
      return themes.filter((one) => (personal.test(one) && !forPersons) || (corporate.test(one) && !forOthers));
    }),
  },
  {
    id: 'visits.reason',
    severity: 'warning',
    at: 'guide.visits.reason',
    sentence: '要到现场的，必须写明为什么要来。',
    problem: 'must say why one has to come',
    source: wenzhou,
    broken: onGuide(({ visits }) => when(visits !== undefined && visits.count > 0 && visits.reason === '无')),
  },
  {
    id: 'visits.none-no-reason',
    severity: 'warning',
    at: 'guide.visits.reason',
    sentence: '到现场 0 次的，原因应填「无」。',
    problem: 'is 无 when nobody has to come',
    source: wenzhou,
    broken: onGuide(({ visits }) => when(visits?.count === 0 && visits.reason !== '无')),
  },
  {
    id: 'visits.none-needs-courier',
    severity: 'warning',
    at: 'implementation.handlingForms',
    sentence: '不用到现场、又不能网上办的，办理形式要含邮寄。',
    problem: 'must include courier: nobody has to come and it cannot be done online',
    source: wenzhou,
    broken: onGuide(({ visits, online }, { implementation }) =>
      when(visits?.count === 0 && !online && !(implementation?.handlingForms ?? []).includes('courier')),
    ),
  },
  {
    id: 'visits.fully-online',
    severity: 'warning',
    at: 'guide.visits.count',
    sentence: '全程网办（Ⅳ级）的，到现场次数应为 0。',
    problem: 'is 0 when all is done online (depth 4)',
    source: wenzhou,
    broken: onGuide(({ onlineDepth, visits }) => when(onlineDepth === 4 && visits !== undefined && visits.count > 0)),
  },
  {
    id: 'licence.questions',
    severity: 'warning',
    at: 'guide.questions',
    sentence: '行政许可至少要有一条常见问题。',
    problem: 'a licence has one question with its answer at least',
    source: wenzhou,
    broken: onGuide(({ questions = [] }, entry) => when(isLicence(entry) && questions.length === 0)),
  },
  {
    id: 'licence.steps',
    severity: 'warning',
    at: 'guide.steps',
    sentence: '行政许可的流程至少五步：受理、审核、审批、办结、送达。{}',
    problem: 'a licence has five steps at least: 受理, 审核, 审批, 办结, 送达. {}',
    source: wenzhou,
    broken: onGuide(({ steps }, entry) => {
      if (!isLicence(entry)) return [];
      const missing = coreStepsMissing(steps, ['受理', '审核', '审批', '办结', '送达']);
      return steps.length >= 5 && missing.length === 0 ? [] : [missing.join('、')];
    }),
  },
  {
    id: 'guide.present',
    severity: 'advice',
    at: 'guide',
    sentence: '还没有办事指南，居民只能查到，不能在线申请。',
    problem: 'is missing: the entry is listed but cannot be applied for online',
    source: 'GB/T 39554.2-2020 表3',
    broken: ({ kind, guide }) => when(kind === 'item' && guide === undefined),
  },
];
