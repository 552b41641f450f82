import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Webhooks } from '@linli/assessment';
import { Delivering, Hearing } from '@linli/journeys';
import { Clock, Loop } from '@linli/platform';

/** The loops that leave nobody waiting: words to be sent, and messages that could not be handled at once. */
@Injectable()
export class Couriers implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Couriers.name);
  private loops: readonly Loop[] = [];

  constructor(
    private readonly delivering: Delivering,
    private readonly hearing: Hearing,
    private readonly webhooks: Webhooks,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.loops = [
      new Loop(async () => (await this.delivering.wechatRound()) > 0, {
        pauseMs: 150,
        onError: (error) => this.logger.warn(error, 'a round of deliveries failed'),
      }),
      new Loop(() => this.hearing.hearPending(), {
        pauseMs: 200,
        onError: (error) => this.logger.warn(error, 'a waiting message could not be handled yet'),
      }),
      new Loop(async () => (await this.webhooks.round(this.clock.now())) > 0, {
        pauseMs: 5000,
        onError: (error) => this.logger.warn(error, 'programs could not be told of a closed month'),
      }),
    ];
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}
