import { mkdtempSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../libs/platform/src/embedded-postgres';
import { clusterUser, initialiseCluster, startCluster } from '../../libs/platform/src/embedded-cluster';

/** One PostgreSQL for the whole run, without fsync: a test may not outlive its machine. */
export default async function start(): Promise<void> {
  if (process.env['TEST_DATABASE_URL']) return;
  const folder = mkdtempSync(join(tmpdir(), 'linli-test-'));
  chmodSync(folder, 0o755);
  const cluster = join(folder, 'postgres');
  const port = await freePort();
  await initialiseCluster(cluster, 'test');
  await startCluster(cluster, port, ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']);
  process.env['TEST_DATABASE_URL'] = `postgresql://${clusterUser}:test@127.0.0.1:${port}/postgres`;
  process.env['TEST_CLUSTER'] = cluster;
}
