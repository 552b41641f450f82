import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { queueNames, queuesModule, type QueueOptions } from '@linli/platform';
import { Chores } from './chores';
import { Couriers } from './couriers';
import { EventProcessor } from './event.processor';
import { Relay } from './relay';

export interface WorkerOptions {
  readonly queues: QueueOptions;
  /** `JourneysModule`, registered once for all doors of the process. */
  readonly journeys: DynamicModule;
}

/** The clock and queue door: relay, journeys' subscribers, deliveries, sweeps. Any number may run side by side. */
@Module({})
export class WorkerModule {
  static register({ queues, journeys }: WorkerOptions): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        journeys,
        queuesModule(queues),
        BullModule.registerQueue({ name: queueNames.events }, { name: queueNames.chores }),
      ],
      providers: [Relay, EventProcessor, Chores, Couriers],
    };
  }
}
