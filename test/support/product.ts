import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDoors, prepare, type Door, type Ground } from '@linli-app/standalone';
import { schema, type DemoCredentials } from '@linli/journeys';
import { newKeysFile, readConfig } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';

/** The product, opened in this process on a database of its own, with the demo district and the simulator. */
export interface Product {
  readonly url: string;
  readonly credentials: DemoCredentials;
  readonly ground: Ground;
  readonly db: TestDatabase;
  /** Signs an officer in and returns the bearer header. */
  officer(account: string): Promise<{ authorization: string }>;
  close(): Promise<void>;
}

/** Prepares a data folder and the settings of a process that uses `databaseUrl`. */
export function settingsFor(
  databaseUrl: string,
  extra: Record<string, string> = {},
): {
  readonly folder: string;
  readonly env: Record<string, string>;
} {
  const folder = mkdtempSync(join(tmpdir(), 'linli-product-'));
  const keysFile = join(folder, 'keys.json');
  writeFileSync(keysFile, newKeysFile(), { mode: 0o600 });
  return {
    folder,
    env: {
      PORT: '0',
      DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      KEYS_FILE: keysFile,
      LOG_LEVEL: 'error',
      RATE_LIMIT_EXEMPT: '127.0.0.0/8,::1/128',
      ...extra,
    },
  };
}

export async function openProduct(
  doors: readonly Door[] = ['api', 'worker'],
  extra: Record<string, string> = {},
): Promise<Product> {
  const db = await testDatabase(schema);
  const { folder, env } = settingsFor(db.url, extra);
  const ground = await prepare(readConfig(env), null);
  const opened = await openDoors(ground, doors);
  const url = `http://127.0.0.1:${opened.port ?? 0}`;
  const credentials = credentialsIn(folder);
  return {
    url,
    credentials,
    ground,
    db,
    officer: (account) => signIn(url, credentials, account),
    close: async () => {
      await opened.close();
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function credentialsIn(folder: string): DemoCredentials {
  return JSON.parse(readFileSync(join(folder, 'demo-credentials.json'), 'utf8')) as DemoCredentials;
}

export async function signIn(
  url: string,
  credentials: DemoCredentials,
  account: string,
): Promise<{ authorization: string }> {
  const officer = credentials.officers.find((one) => one.account === account);
  if (!officer) throw new Error(`the demo has no officer ${account}`);
  const response = await fetch(`${url}/api/v1/login/officer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password: officer.password }),
  });
  if (!response.ok) throw new Error(`${account} could not sign in: ${response.status}`);
  return { authorization: `Bearer ${((await response.json()) as { token: string }).token}` };
}
