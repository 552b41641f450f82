import { parseLocalDate, startOf } from '@linli/kernel';

/** A slot as residents name it: a service at a place, and when. */
export interface SlotName {
  readonly offeringId: string;
  readonly start: Date;
}

const shanghaiOffsetMs = 8 * 3_600_000;
const shape = /^([A-Za-z0-9._:@-]{1,160})~(\d{4})(\d{2})(\d{2})([01]\d|2[0-3])([0-5]\d)$/;

/** `<offering>~YYYYMMDDHHMM` in Asia/Shanghai: the same slot has the same id in every process and at every time. */
export function slotId({ offeringId, start }: SlotName): string {
  const local = new Date(start.getTime() + shanghaiOffsetMs);
  const day = (local.getUTCFullYear() * 100 + local.getUTCMonth() + 1) * 100 + local.getUTCDate();
  return `${offeringId}~${(day * 100 + local.getUTCHours()) * 100 + local.getUTCMinutes()}`;
}

/** Reads a slot's id; null when no slot can have it. */
export function readSlotId(id: string): SlotName | null {
  const [, offeringId, year, month, day, hour, minute] = shape.exec(id) ?? [];
  const on = parseLocalDate(`${year ?? ''}-${month ?? ''}-${day ?? ''}`);
  if (offeringId === undefined || on === null) return null;
  return { offeringId, start: new Date(startOf(on).getTime() + (Number(hour) * 60 + Number(minute)) * 60_000) };
}

/** Whether an offering may have this id. */
export function isOfferingId(id: string): boolean {
  return /^[A-Za-z0-9._:@-]{1,160}$/.test(id);
}
