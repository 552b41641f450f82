import { Injectable } from '@nestjs/common';
import { ConversationStore, isAnswered } from '@linli/dialogue';
import { UnitStore } from '@linli/directory';
import { localDate } from '@linli/kernel';
import { appendEvent, type Tx } from '@linli/platform';
import { Guidepost } from './guidepost';

/** 咨询答复: tells the house of an enquiry an officer answered, in the transaction that ends its hand-over. */
@Injectable()
export class Enquiries {
  constructor(
    private readonly conversations: ConversationStore,
    private readonly units: UnitStore,
    private readonly guidepost: Guidepost,
  ) {}

  /** A hand-over has ended, by whichever side: nothing is told where nobody asked, or nobody answered. */
  async ended(tx: Tx, handOverId: string, now: Date): Promise<void> {
    const held = await this.conversations.handOver(handOverId, { subdistrictId: null }, tx);
    if (!held || held.officerId === null || !isAnswered(held, held.lines)) return;
    const { id: enquiryId, residentId, officerId } = held;
    // A resident nobody has placed yet asked the district's first centre.
    const asked = held.subdistrictId ?? this.guidepost.hallOf(null)?.subdistrictId ?? null;
    const { department, subdistrict } = await this.units.workplaceOf(tx, officerId, asked);
    if (!subdistrict) return;
    const facts = { enquiryId, residentId, officerId, title: '人工咨询', number: enquiryNumber(enquiryId, now) };
    const where = { subdistrictId: subdistrict.id, department: department ?? subdistrict };
    await appendEvent(tx, 'enquiry.answered', { ...facts, ...where }, now);
  }
}

/** What a resident knows an enquiry by: the day, and enough of its id to tell it from the day's others. */
function enquiryNumber(id: string, now: Date): string {
  return `ZX${localDate(now).slice(2).replaceAll('-', '')}${id.slice(-6).toUpperCase()}`;
}
