import type { CatalogueEntry } from '@linli/contracts';
import { Refusal, type LocalDate } from '@linli/kernel';

type Guided = Pick<CatalogueEntry, 'guide'>;

/**
 * 告知承诺 (国办发〔2020〕42号): papers the applicant need not bring, having been told what is required and pledged in writing
 * that it is so. Nothing is to come later, which tells it from 容缺.
 */
export interface Pledge {
  /** Ids of the guide's materials. */
  readonly materials: readonly string[];
  readonly on: LocalDate;
}

/** The pledge for these papers; refuses those for which the guide takes none. */
export function pledgeOf(entry: Guided, ids: readonly string[], on: LocalDate): Pledge | null {
  if (ids.length === 0) return null;
  const materials = [...new Set(ids)];
  const problems = materials.flatMap((id) => {
    const material = entry.guide?.materials.find((one) => one.id === id);
    if (!material) return [{ at: 'pledgedFor', problem: `办事指南里没有“${id}”这份材料` }];
    return material.pledgeable ? [] : [{ at: 'pledgedFor', problem: `“${material.name}”不能用承诺代替，要交原件` }];
  });
  if (problems.length > 0) throw new Refusal('case.invalid', problems);
  return { materials, on };
}

/** What the applicant is told of a pledge beside the acceptance. */
export function pledgeWords(entry: Guided, pledge: Pledge | null): string {
  if (!pledge) return '';
  const names = pledge.materials.map((id) => entry.guide?.materials.find((one) => one.id === id)?.name ?? id);
  return `您书面承诺符合要求，这些材料不用交：${names.join('、')}。承诺不实的，办好的结果会被撤销。`;
}
