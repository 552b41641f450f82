import { Injectable } from '@nestjs/common';
import { CaseService } from '@linli/casework';
import type { Officer } from '@linli/directory';
import { Refusal } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { Rectifications } from '@linli/rating';

/** How to reach whoever gave a bad rating. */
export interface RaterContact {
  readonly name: string;
  readonly phone: string;
}

/** Shows the contact of a bad rating's giver to those who verify it, and to nobody else. */
@Injectable()
export class RatingContacts {
  constructor(
    private readonly rectifications: Rectifications,
    private readonly cases: CaseService,
  ) {}

  async reveal(tx: Tx, id: string, officer: Officer, reason: string, now: Date): Promise<RaterContact> {
    const number = await this.rectifications.startReveal(tx, id, officer, reason, now);
    const { applicant } = await this.cases.reveal(tx, number, officer, reason, now);
    if (applicant?.phone === undefined) throw new Refusal('rectification.contactUnknown');
    return { name: applicant.name, phone: applicant.phone };
  }
}
