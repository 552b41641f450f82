import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CaseworkModule, DeadlineWatch } from '@linli/casework';
import { schema } from '@linli/journeys';
import { ephemeralKeys, PlatformModule, readConfig } from '@linli/platform';

/** What a sweeping process is told, and what it answers. */
export interface SweepOrder {
  readonly now: string;
}

export interface SweepDone {
  readonly fired: number;
}

@Module({})
class WatchBench {}

/** One worker's watch in a process of its own, told when to sweep by the bench that forked it. */
async function main(): Promise<void> {
  const watch = (await rooms()).get(DeadlineWatch, { strict: false });
  process.on('message', ({ now }: SweepOrder) => {
    void watch.run(new Date(now)).then((fired) => process.send?.({ fired } satisfies SweepDone));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

async function rooms(): Promise<INestApplicationContext> {
  const config = readConfig(process.env);
  const databaseUrl = config.databaseUrl ?? '';
  const platform = PlatformModule.register({ config, keys: ephemeralKeys(), databaseUrl, schema });
  return NestFactory.createApplicationContext(
    { module: WatchBench, imports: [platform, CaseworkModule] },
    { logger: ['error'] },
  );
}

void main();
