import { levelWords, type NamedUnit } from './unit';

/** Why a unit may not be made responsible; programs decide by it. */
export type AssignmentReason =
  | 'communityGuard'
  | 'capReached'
  | 'withdrawn'
  | 'delegated'
  | 'admissionMissing'
  | 'admissionNotYet'
  | 'admissionEnded'
  | 'supportOnly'
  | 'otherUnit'
  | 'listNotYet'
  | 'notOnList'
  | 'providerOnly';

export interface AssignmentRefusal {
  readonly allowed: false;
  readonly reason: AssignmentReason;
  /** One sentence, and who answers instead where that is known. */
  readonly sentence: string;
  readonly whoInstead: NamedUnit | null;
}

type Wording = (unit: string, matter: string, detail: string) => string;

const wordings: Readonly<Record<AssignmentReason, Wording>> = {
  communityGuard: (unit, matter, detail) => `“${matter}”属于${detail}工作，社区不是责任主体，不能交给${unit}。`,
  capReached: (unit, matter, detail) =>
    `${unit}承担的准入事项已达上限${detail}项（社区减负），“${matter}”不能再交给它。`,
  withdrawn: (unit, matter) => `“${matter}”已由上级部门收回，${unit}不再负责。`,
  delegated: (unit, matter) => `“${matter}”已经下放到街道，${unit}不再负责。`,
  admissionMissing: (unit, matter) => `“${matter}”是上级的事项，没有办理职责准入，不能交给${unit}。`,
  admissionNotYet: (unit, matter, detail) => `“${matter}”从${detail}起才由${unit}负责，现在还不能交给它。`,
  admissionEnded: (unit, matter, detail) => `“${matter}”的职责准入到${detail}已经结束，不能再交给${unit}。`,
  supportOnly: (unit, matter) => `清单上${unit}对“${matter}”只是协办，不能主办。`,
  otherUnit: (unit, matter) => `“${matter}”不是${unit}的职责。`,
  listNotYet: (unit, matter, detail) => `写明“${matter}”的清单从${detail}起施行，现在还不能交给${unit}。`,
  notOnList: (unit, matter) => `${unit}的清单里没有“${matter}”，不能交给它。`,
  providerOnly: (unit, matter) => `${unit}是服务单位，只提供自己的服务，“${matter}”不能交给它。`,
};

/** The refusal with its sentence. */
export function refusedBy(
  reason: AssignmentReason,
  { unit, matter }: { readonly unit: { readonly name: string }; readonly matter: { readonly name: string } },
  instead: NamedUnit | null,
  detail = '',
): AssignmentRefusal {
  const why = wordings[reason](unit.name, matter.name, detail);
  const hint = instead ? `这件事由${instead.name}（${levelWords[instead.level]}）负责。` : '';
  return { allowed: false, reason, sentence: why + hint, whoInstead: instead };
}
