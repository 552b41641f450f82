import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Delivering } from '@linli/journeys';
import { Loop } from '@linli/platform';
import { BotService } from './bot.service';

/** Brings residents of the wechaty channel what must be said to them later: progress, answers, rating questions. */
@Injectable()
export class BotCourier implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(BotCourier.name);
  private loop: Loop | null = null;

  constructor(
    private readonly delivering: Delivering,
    private readonly bot: BotService,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = new Loop(async () => (await this.delivering.wechatyRound((id, text) => this.bot.say(id, text))) > 0, {
      pauseMs: 300,
      onError: (error) => this.logger.warn(error, 'a round of deliveries failed'),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }
}
