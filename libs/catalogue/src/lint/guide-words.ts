import type { ServiceGuide } from '@linli/contracts';

const vagueFirst = /^(其他|其它|有关|相关)(有关|相关)?(材料|资料|证明)/;
const vagueLast = /(规定|要求|需要|必要|所需)的?(其他|其它)(有关|相关)?(材料|资料|证明|文件)$/;

/** 兜底性材料: names that leave open what has to be brought. */
export function vagueMaterials(names: readonly string[]): string[] {
  return names.filter((name) => vagueFirst.test(name) || vagueLast.test(name));
}

/** Whether nothing is charged, as far as the words say; a fee told in several clauses charges somebody. */
export function chargesNothing(fee: string): boolean {
  return /^(不收费|免费|无|0元)[。.]?(（[^）]*）)?$/.test(fee.trim());
}

/** A landline of the usual length without its area code. */
export function areaCodeMissing(phone: string): boolean {
  return /^[2-8]\d{6,7}(\D|$)/.test(phone.replace(/[\s-]/g, ''));
}

/** The kind of result its name tells by its last character: 证, 文, 批复; null when it tells none. */
export function resultKindOf(result: string): ServiceGuide['resultKind'] | null {
  const name = result.trim().replace(/[。.》”"]+$/, '');
  if (name.endsWith('批复')) return 'decision';
  if (name.endsWith('证')) return 'certificate';
  return name.endsWith('文') ? 'document' : null;
}

const stepWords: Readonly<Record<string, RegExp>> = {
  受理: /受理|收件|接件|登记/,
  审查: /审查|审核|核对|核实|查验|评估|勘验/,
  审核: /审核|审查|核实/,
  审批: /审批|决定|批准/,
  决定: /决定|审批|批准|办结|办理|办好|发放|发给|领|拨付|通知|登记成功/,
  办结: /办结|办好|发证|制证/,
  送达: /送达|领取|邮寄|发放|发给|通知/,
};

/** Which of the steps named none of the texts tells, in whichever words. */
export function coreStepsMissing(steps: readonly string[], wanted: readonly string[]): string[] {
  const told = steps.join('\n');
  return wanted.filter((step) => !(stepWords[step] ?? new RegExp(step)).test(told));
}
