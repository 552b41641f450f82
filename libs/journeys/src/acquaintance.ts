import { Injectable } from '@nestjs/common';
import { BookingService } from '@linli/booking';
import { CaseService } from '@linli/casework';
import type { EventOf } from '@linli/contracts';
import { ResidentStore } from '@linli/directory';
import { ConversationStore } from '@linli/dialogue';
import { NotificationService } from '@linli/notification';
import { consumeOnce, Database } from '@linli/platform';
import { RatingService } from '@linli/rating';
import { WechatClient, WechatFailure } from '@linli/wechat';

/**
 * Joins what one person does in chat and in the mini-program: the platform gives each app its own openid, and tells of a
 * follower's unionid only when asked. What was begun under the newer id goes on under the older.
 */
@Injectable()
export class Acquaintance {
  constructor(
    private readonly database: Database,
    private readonly residents: ResidentStore,
    private readonly conversations: ConversationStore,
    private readonly cases: CaseService,
    private readonly bookings: BookingService,
    private readonly ratings: RatingService,
    private readonly notifications: NotificationService,
    private readonly wechat: WechatClient,
  ) {}

  async join(event: EventOf<'resident.met'>): Promise<void> {
    const { residentId, channel } = event.payload;
    if (channel !== 'wechatOfficial') return;
    const unionId = await this.unionIdOf(residentId);
    if (unionId === null) return;
    await consumeOnce(this.database, [{ eventId: event.id, subscriber: 'joinIdentities' }], async (tx) => {
      const other = await this.residents.join(tx, residentId, channel, unionId);
      if (other === null) return;
      await this.conversations.moveResident(tx, residentId, other);
      await this.cases.moveResident(tx, residentId, other);
      await this.bookings.moveResident(tx, residentId, other);
      await this.ratings.moveResident(tx, residentId, other);
      await this.notifications.moveResident(tx, residentId, other);
    });
  }

  /** Null when the person has unfollowed meanwhile, or the platform will never tell. */
  private async unionIdOf(residentId: string): Promise<string | null> {
    const identities = await this.residents.identitiesOf(residentId);
    const openid = identities.find((one) => one.channel === 'wechatOfficial')?.subject;
    if (openid === undefined) return null;
    try {
      return await this.wechat.unionIdOf(openid);
    } catch (error) {
      const passes = error instanceof WechatFailure && ['retry', 'slow', 'quota'].includes(error.kind);
      if (passes || !(error instanceof WechatFailure)) throw error;
      return null;
    }
  }
}
