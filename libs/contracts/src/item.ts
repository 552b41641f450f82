/** 事项类型: one set of names for the provinces' differing digits (GB/T 39046-2020 A.1); the mapping tables stand in the catalogue. */
export type ItemType =
  | 'licence'
  | 'penalty'
  | 'coercion'
  | 'levy'
  | 'benefit'
  | 'inspection'
  | 'confirmation'
  | 'reward'
  | 'ruling'
  | 'otherPower'
  | 'publicService';

/** 行使层级 (GB/T 39046-2020 A.2). */
export type ItemLevel = 'state' | 'province' | 'city' | 'county' | 'subdistrict' | 'community' | 'graded';

/** 权力来源. */
export type PowerSource =
  'ownByLaw' | 'delegatedDown' | 'authorisedFromAbove' | 'authorisedByPeer' | 'entrustedFromAbove' | 'entrustedByPeer';

/** 派员、委托、代办: how an upper department's item is offered in the subdistrict's hall; `own` is the hall's own. */
export type ServiceMode = 'own' | 'stationed' | 'entrusted' | 'agency';

/** 通办范围: within which area any hall accepts. */
export type AcceptanceScope = 'nation' | 'province' | 'city' | 'county' | 'subdistrict' | 'acrossCommunities';

/** 服务对象. */
export type Audience =
  'person' | 'enterprise' | 'institution' | 'socialOrganisation' | 'unincorporated' | 'authority' | 'other';

/** 办理形式. */
export type HandlingForm = 'window' | 'web' | 'mobile' | 'courier' | 'other';

/** Codes of an item. 基本编码 has 12 characters, 实施编码 31, 业务办理项编码 33 in the national scheme; local codes are free. */
export interface ItemCodes {
  readonly scheme: 'national' | 'local';
  readonly basic?: string;
  readonly implementation?: string;
  readonly handling?: string;
  readonly localCatalogue?: string;
  readonly localTask?: string;
  /** 统一社会信用代码 or 机构代码 of the authority. */
  readonly authority?: string;
}

/** 实施清单 facts of an entry: who exercises which power, where, for whom, since when. */
export interface Implementation {
  readonly codes: ItemCodes;
  readonly type: ItemType;
  readonly level: ItemLevel;
  readonly powerSource?: PowerSource;
  readonly serviceMode?: ServiceMode;
  readonly scope?: AcceptanceScope;
  readonly audiences?: readonly Audience[];
  /** 主题: 生育收养、户籍办理… */
  readonly themes?: readonly string[];
  readonly handlingForms?: readonly HandlingForm[];
  /** 基本目录 entry and handling item (业务办理项) this one belongs to, where they are named apart. */
  readonly basicName?: string;
  readonly handlingName?: string;
  /** Civil dates; the item is offered from `effectiveOn` until before `endsOn`. */
  readonly effectiveOn?: string;
  readonly endsOn?: string;
  /** Other departments that decide together (联办机构). */
  readonly jointWith?: readonly string[];
}

/** 情形: a scenario with its own selection of the guide's materials. */
export interface Situation {
  readonly id: string;
  readonly name: string;
  /** Ids of the guide's materials that this situation needs. */
  readonly materials: readonly string[];
}

/** 收费项目. */
export interface FeeItem {
  readonly name: string;
  readonly standard: string;
  readonly basis: string;
  readonly reducible?: boolean;
}

/** 常见问题. */
export interface Question {
  readonly question: string;
  readonly answer: string;
}
