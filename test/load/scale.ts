import { timingOf, type BenchRun } from './bench';
import { failuresIn, note, verified } from './chat';
import { Cluster } from './cluster';
import { Generator } from './generator';
import { machineOf } from './machine';
import {
  casesHeld,
  holdLoad,
  rateCells,
  rateColumns,
  rateOf,
  usageColumns,
  usageRows,
  watchOf,
  wrongsOf,
  type Held,
} from './measure';
import type { BenchResult } from './report';
import { Stand } from './stand';

const steps = [1, 2, 4];
const residents = 200;

/** The same conversations over one, two and four api processes with two workers; deliveries take the ports in turn. */
export async function scale(run: BenchRun): Promise<BenchResult> {
  const { options, cleanUp, say } = run;
  say('scale: starting PostgreSQL, one api and two workers');
  const generator = await Generator.start(cleanUp);
  const cluster = await Cluster.create(cleanUp);
  const stand = await Stand.open(cluster, { apis: 1, workers: 2, platformUrl: generator.platformUrl }, cleanUp);
  const machine = await machineOf(stand.db);
  const held: Held[] = [];
  for (const apis of steps) {
    while (stand.apis.length < apis) await stand.addApi();
    say(`scale: ${apis} api`);
    const load = {
      account: stand.account,
      ports: stand.ports,
      residents,
      firstSeat: apis * 10_000,
      ...timingOf(options),
    };
    held.push(await holdLoad(generator, { kind: 'residents', empty: false, ...load }, watchOf(stand, generator)));
  }
  const violations = [...wrongsOf(held), ...(await casesHeld(stand, held)), ...(await verified(stand))];
  await stand.stop();
  for (const [at, one] of held.entries()) note(run, `scale, ${steps[at] ?? 0} api`, one);
  const alone = held[0] ? rateOf(held[0]) : 1;
  return {
    machine,
    sections: [
      {
        bench: 'scale',
        title: 'two workers',
        columns: ['api', 'times one', ...rateColumns],
        rows: held.map((one, at) => [steps[at] ?? 0, rateOf(one) / alone, ...rateCells(one)]),
        notes: [...failuresIn(held), `generator, PostgreSQL and product share ${machine.cores} cores`],
      },
      ...held.map((one, at) => ({
        bench: 'scale',
        title: `what the processes used with ${steps[at] ?? 0} api`,
        columns: usageColumns,
        rows: usageRows([one]),
      })),
    ],
    violations,
  };
}
