import type { CaseState, CounterSource } from '@linli/contracts';

export class SlipDatesDto {
  submittedAt!: Date;
  acceptOn!: string;
  acceptedOn!: string | null;
  dueOn!: string;
  statutoryOn!: string;
  decidedAt!: Date | null;
  closedAt!: Date | null;
}

export class SlipMaterialDto {
  name!: string;
  /** How many files. */
  files!: number;
  /** Handed in on paper at the counter. */
  onPaper!: boolean;
}

export class SlipMaterialsDto {
  present!: readonly SlipMaterialDto[];
  missing!: readonly string[];
  /** 容缺: what is missing may still be brought until then. */
  deferredUntil!: string | null;
}

export class SlipDispatchDto {
  unit!: string;
  from!: string;
  role!: 'lead' | 'support';
  state!: string;
  dispatchedAt!: Date;
  signBy!: Date;
  signedAt!: Date | null;
}

export class SlipHandOverDto {
  at!: Date;
  /** Masked. */
  receiver!: string;
  relation!: string;
}

export class SlipStepDto {
  at!: Date;
  words!: string;
}

/** 流转单: everything once, people masked. */
export class TransferSlipDto {
  number!: string;
  matter!: string;
  kind!: 'item' | 'report';
  state!: CaseState;
  applicant!: string | null;
  agentFor!: string | null;
  subdistrictId!: string;
  department!: string;
  /** Null when the applicant filed it themselves. */
  source!: CounterSource | null;
  dates!: SlipDatesDto;
  materials!: SlipMaterialsDto;
  otherFiles!: number;
  dispatches!: readonly SlipDispatchDto[];
  handOvers!: readonly SlipHandOverDto[];
  steps!: readonly SlipStepDto[];
}
