import { type DynamicModule, Module } from '@nestjs/common';
import type { PuppetInterface } from 'wechaty-puppet/impls';
import { BotCourier } from './bot.courier';
import { BotService, PUPPET } from './bot.service';

export interface BotOptions {
  readonly puppet: PuppetInterface;
  /** `JourneysModule`, registered. */
  readonly journeys: DynamicModule;
}

/** The wechaty door. Needs the platform module beside it. */
@Module({})
export class BotModule {
  static register({ puppet, journeys }: BotOptions): DynamicModule {
    return {
      module: BotModule,
      imports: [journeys],
      providers: [{ provide: PUPPET, useValue: puppet }, BotService, BotCourier],
      exports: [BotService],
    };
  }
}
