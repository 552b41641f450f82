import { Injectable } from '@nestjs/common';
import type { Channel, Grade } from '@linli/contracts';
import { ResidentStore } from '@linli/directory';
import type { Tx } from '@linli/platform';
import { RatingLinks, RatingService, type LinkRating } from '@linli/rating';
import { RatingQuestions } from './rating-questions';

/** A rating as the mini-program sends it. */
export interface GivenRating {
  readonly serviceEventId: string;
  readonly grade: Grade;
  readonly options: readonly string[];
  readonly text?: string;
  readonly anonymous: boolean;
  /** What tells one device from another; only a keyed digest of it is kept. */
  readonly device?: string;
}

/** Ratings given outside the chat, which no longer asks after them. */
@Injectable()
export class RatingByProgram {
  constructor(
    private readonly ratings: RatingService,
    private readonly links: RatingLinks,
    private readonly residents: ResidentStore,
    private readonly questions: RatingQuestions,
  ) {}

  /** The doors through which the resident may have been asked; read before the transaction. */
  async channelsOf(residentId: string): Promise<Channel[]> {
    return (await this.residents.identitiesOf(residentId)).map((identity) => identity.channel);
  }

  async rate(
    tx: Tx,
    residentId: string,
    channels: readonly Channel[],
    rating: GivenRating,
    now: Date,
  ): Promise<{ id: string; grade: Grade; at: Date }> {
    const given = await this.ratings.rate(tx, { residentId }, { ...rating, channel: 'api' }, now);
    await this.questions.settled(tx, residentId, rating.serviceEventId, channels);
    return given;
  }

  /** Rates by a link. `known` is whose service it is, and `channels` are theirs; both read before the transaction. */
  async rateByLink(
    tx: Tx,
    token: string,
    known: { readonly residentId: string; readonly serviceEventId: string },
    channels: readonly Channel[],
    rating: LinkRating,
    now: Date,
  ): Promise<{ id: string; grade: Grade; at: Date }> {
    const given = await this.links.rate(tx, token, rating, now);
    await this.questions.settled(tx, known.residentId, known.serviceEventId, channels);
    return given;
  }
}
