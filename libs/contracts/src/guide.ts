import type { FeeItem, Implementation, Question, Situation } from './item';

/** 时限: whole days, counted from the day after acceptance. */
export interface Limit {
  readonly days: number;
  readonly unit: 'workingDay' | 'naturalDay';
}

/** 申请材料. */
export interface Material {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  /** Who issues it, or `本人` when the applicant writes it. */
  readonly issuedBy: string;
  /** 容缺: may be handed in after acceptance. */
  readonly deferrable: boolean;
  /** 告知承诺: a written pledge may stand for it. */
  readonly pledgeable?: boolean;
  readonly copies?: number;
  readonly note?: string;
  /** 受理标准: what makes it acceptable. */
  readonly acceptedWhen?: string;
  /** 材料形式. */
  readonly form?: 'paper' | 'electronic' | 'either';
}

/** One question an application asks beyond who the applicant is. */
export interface FormField {
  readonly id: string;
  /** Short name for lists and confirmations: `开户银行`. */
  readonly label: string;
  /** The question as asked in chat, one plain sentence. */
  readonly ask: string;
  readonly type: 'text' | 'number' | 'date' | 'choice' | 'yesNo' | 'phone' | 'idNumber';
  readonly required: boolean;
  /** For `choice`. */
  readonly choices?: readonly string[];
  /** For `number`: bounds of the value; for `text`: bounds of the length. */
  readonly min?: number;
  readonly max?: number;
  /** Said with the question or after a wrong answer: `例如：6222 开头的 19 位数字`. */
  readonly hint?: string;
}

export type ApplicantField = 'name' | 'idNumber' | 'phone' | 'address';

/** 办事指南: the six fields the rules demand (basis, conditions, steps, limits, materials, complaint phone) and what people ask next. */
export interface ServiceGuide {
  /** 设定依据. */
  readonly basis: readonly string[];
  /** Who may apply, in one sentence. */
  readonly audience: string;
  /** 受理条件. */
  readonly conditions: readonly string[];
  readonly materials: readonly Material[];
  /** 办理流程, in order. */
  readonly steps: readonly string[];
  readonly statutoryLimit: Limit;
  /** Never longer than the statutory limit. */
  readonly committedLimit: Limit;
  /** 即办件 / 承诺件. */
  readonly handling: 'immediate' | 'committed';
  /** `不收费`, or what is charged and by which rule. */
  readonly fee: string;
  readonly place: string;
  readonly hours: string;
  readonly enquiryPhone: string;
  readonly complaintPhone: string;
  /** What the applicant holds at the end. */
  readonly result: string;
  /** Whether it can be applied for here; else the guide says where to go. */
  readonly online: boolean;
  /** Which of the applicant's facts the item needs, in asking order; `name` and `phone` always. */
  readonly applicant: readonly ApplicantField[];
  readonly form: readonly FormField[];
  /** Bounds of the applicant's age in completed years, told early so that nobody fills in a form in vain. */
  readonly age?: { readonly min?: number; readonly max?: number };
  /** 情形; without any, every applicant brings the same. */
  readonly situations?: readonly Situation[];
  readonly fees?: readonly FeeItem[];
  readonly questions?: readonly Question[];
  /** 到办事现场次数, and why one must come at all (`无` when 0). */
  readonly visits?: { readonly count: number; readonly reason: string };
  /** 出证、出文、审批办结. */
  readonly resultKind?: 'certificate' | 'document' | 'decision';
  readonly resultSample?: boolean;
  /** 网上支付. */
  readonly paysOnline?: boolean;
  /** 网办深度 I–IV as 1–4; 4 is 全程网办. */
  readonly onlineDepth?: 1 | 2 | 3 | 4;
}

export type EntryKind = 'item' | 'service' | 'report';

/** One published catalogue entry as the rest of the house sees it. */
export interface CatalogueEntry {
  /** The catalogue's own id: `elder-allowance`. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly name: string;
  readonly department: { readonly id: string; readonly name: string };
  readonly category: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly keywords: readonly string[];
  readonly phrasings: readonly string[];
  readonly version: number;
  /** Id of the version a case pins. */
  readonly versionId: string;
  readonly guide?: ServiceGuide;
  readonly implementation?: Implementation;
}
