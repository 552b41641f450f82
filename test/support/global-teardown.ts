import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { stopCluster } from '../../libs/platform/src/embedded-cluster';

export default async function stop(): Promise<void> {
  const cluster = process.env['TEST_CLUSTER'];
  if (!cluster) return;
  await stopCluster(cluster);
  rmSync(dirname(cluster), { recursive: true, force: true });
}
