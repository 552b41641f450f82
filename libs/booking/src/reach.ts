import { Refusal } from '@linli/kernel';
import type { Booking } from './booking';

/** What of an officer decides which bookings they see. */
export interface Asker {
  readonly role: string;
  readonly hallId: string | null;
  readonly departmentId: string | null;
  readonly subdistrictId: string | null;
}

type Where = Pick<Booking, 'placeId' | 'subdistrictId' | 'department'>;

/** Whether bookings at a place are an officer's business: a clerk's hall, a department's desks, a subdistrict's people. */
export function isWithin(officer: Asker, { placeId, subdistrictId, department }: Where): boolean {
  if (officer.role === 'department') return officer.departmentId === department.id;
  if (officer.hallId !== null) return officer.hallId === placeId;
  return officer.subdistrictId === null || officer.subdistrictId === subdistrictId;
}

/** The booking, if it is the officer's business. */
export function within(officer: Asker, booking: Booking | null): Booking {
  if (!booking || !isWithin(officer, booking)) throw new Refusal('booking.notFound');
  return booking;
}
