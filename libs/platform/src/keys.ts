import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One generation of field-encryption keys. */
export interface FieldKey {
  /** SM4: 16 bytes. */
  readonly encrypt: Buffer;
  /** HMAC-SM3: 32 bytes. */
  readonly mac: Buffer;
}

/** Every secret of the deployment, shared by all its processes. */
export interface Keys {
  readonly field: { readonly active: string; readonly generations: ReadonlyMap<string, FieldKey> };
  readonly blindIndex: Buffer;
  readonly token: Buffer;
  readonly audit: Buffer;
  /** Source of the built-in simulator's credentials. */
  readonly simulator: Buffer;
}

interface KeysFile {
  readonly version: 1;
  readonly field: { readonly active: string; readonly keys: Record<string, { encrypt: string; mac: string }> };
  readonly blindIndex: string;
  readonly token: string;
  readonly audit: string;
  readonly simulator: string;
}

function bytes(file: string, name: string, value: unknown, length: number): Buffer {
  const read = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  if (read.length !== length) throw new Error(`KEYS_FILE ${file}: ${name} must be ${length} bytes in base64`);
  return read;
}

function parse(path: string, text: string): Keys {
  let file: Partial<KeysFile>;
  try {
    file = JSON.parse(text) as Partial<KeysFile>;
  } catch {
    throw new Error(`KEYS_FILE ${path} is not JSON`);
  }
  const generations = new Map<string, FieldKey>();
  for (const [id, key] of Object.entries(file.field?.keys ?? {})) {
    generations.set(id, {
      encrypt: bytes(path, `field.keys.${id}.encrypt`, key.encrypt, 16),
      mac: bytes(path, `field.keys.${id}.mac`, key.mac, 32),
    });
  }
  const active = file.field?.active ?? '';
  if (!generations.has(active)) throw new Error(`KEYS_FILE ${path}: field.active names no key of field.keys`);
  return {
    field: { active, generations },
    blindIndex: bytes(path, 'blindIndex', file.blindIndex, 32),
    token: bytes(path, 'token', file.token, 32),
    audit: bytes(path, 'audit', file.audit, 32),
    simulator: bytes(path, 'simulator', file.simulator, 32),
  };
}

/** A fresh keys file as text: random, one field key generation. */
export function newKeysFile(): string {
  const secret = (length: number): string => randomBytes(length).toString('base64');
  const file: KeysFile = {
    version: 1,
    field: { active: 'k1', keys: { k1: { encrypt: secret(16), mac: secret(32) } } },
    blindIndex: secret(32),
    token: secret(32),
    audit: secret(32),
    simulator: secret(32),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Keys made for this process alone, for tests. */
export function ephemeralKeys(): Keys {
  return parse('(memory)', newKeysFile());
}

/** Reads the keys; with `generate`, writes a new file (mode 0600) first when there is none. */
export function loadKeys(path: string, generate: boolean): Keys {
  if (!existsSync(path)) {
    if (!generate)
      throw new Error(`KEYS_FILE ${path} does not exist; create it with: npm run cli -- keys create ${path}`);
    mkdirSync(dirname(path), { recursive: true });
    // Two first starts may race: `wx` lets one win and the other read what it wrote.
    try {
      writeFileSync(path, newKeysFile(), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return parse(path, readFileSync(path, 'utf8'));
}
