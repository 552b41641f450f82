import type { CatalogueEntry } from '@linli/contracts';
import {
  levelWords,
  type AssignmentReason,
  type Handler,
  type NamedUnit,
  type ReachableUnit,
  type ResponsibilityRecord,
} from '@linli/directory';
import type { LocalDate } from '@linli/kernel';

/** 紧急问题不知道找谁: who handles a matter, why, and who does not. */
export interface WhoHandles {
  readonly entry: { readonly id: string; readonly name: string };
  /** Null when no record names anybody. */
  readonly unit: (NamedUnit & { readonly phone: string | null }) | null;
  readonly office: (NamedUnit & { readonly phone: string | null }) | null;
  readonly from: LocalDate | null;
  readonly record: ResponsibilityRecord | null;
  readonly sentence: string;
  readonly passedOver: readonly {
    readonly unit: NamedUnit;
    readonly reason: AssignmentReason;
    readonly sentence: string;
  }[];
}

const recordWords = { list: '清单', admission: '职责准入', delegation: '下放事项', catalogue: '事项目录' } as const;

/** The answer in words a resident understands; phones come from the units that were looked at. */
export function handlerOf(entry: CatalogueEntry, handler: Handler | null, seen: readonly ReachableUnit[]): WhoHandles {
  const about = { id: entry.id, name: entry.name };
  if (!handler) {
    const sentence = `还没有清单写明“${entry.name}”由谁负责，请到街道党群服务中心问，由首次接到的人帮您找到负责的单位。`;
    return { entry: about, unit: null, office: null, from: null, record: null, sentence, passedOver: [] };
  }
  const { answer, passedOver } = handler;
  const phoneOf = (id: string): string | null => seen.find((one) => one.id === id)?.phone ?? null;
  const { level, id, name } = handler.unit;
  const office = answer.office && answer.office.id !== id ? answer.office : null;
  const where = office ? `${name}（${office.name}）` : `${name}（${levelWords[level]}）`;
  return {
    entry: about,
    unit: { level, id, name, phone: phoneOf(id) },
    office: office ? { ...office, phone: phoneOf(office.id) } : null,
    from: answer.from,
    record: answer.record,
    sentence: `“${entry.name}”由${where}负责，依据是${recordWords[answer.record.kind]}“${answer.record.title}”。`,
    passedOver: passedOver.map(({ unit, refusal }) => ({ unit, reason: refusal.reason, sentence: refusal.sentence })),
  };
}
