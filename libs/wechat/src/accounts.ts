import { createHmac } from 'node:crypto';
import type { Config, Keys, MiniAccount, OfficialAccount } from '@linli/platform';

/** The WeChat accounts of this deployment: real ones, or those of the built-in simulator. */
export interface WechatAccounts {
  /** 服务号. */
  readonly official: OfficialAccount | null;
  /** 小程序. */
  readonly mini: MiniAccount | null;
  readonly simulated: boolean;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * The configured accounts when there is any; else accounts derived from the keys file, so that every process of a
 * deployment, and the simulator, derive the same without being told.
 */
export function wechatAccounts(config: Config, keys: Keys): WechatAccounts {
  const { official, mini } = config.wechat;
  if (official !== null || mini !== null) return { official, mini, simulated: false };
  return { official: simulatedOfficial(keys.simulator), mini: simulatedMini(keys.simulator), simulated: true };
}

function simulatedOfficial(source: Buffer): OfficialAccount {
  return {
    appId: `wx${hex(source, 'official.appId', 16)}`,
    secret: hex(source, 'official.secret', 32),
    originalId: `gh_${hex(source, 'official.originalId', 12)}`,
    token: hex(source, 'official.token', 24),
    aesKey: letters(source, 'official.aesKey', 43),
  };
}

/** Without an AES key: the simulator pushes a mini-program's events in plaintext, which an account with a key refuses. */
function simulatedMini(source: Buffer): MiniAccount {
  return {
    appId: `wx${hex(source, 'mini.appId', 16)}`,
    secret: hex(source, 'mini.secret', 32),
    token: hex(source, 'mini.token', 24),
  };
}

function derive(source: Buffer, purpose: string): Buffer {
  return createHmac('sha512', source).update(`wechat.${purpose}`).digest();
}

function hex(source: Buffer, purpose: string, length: number): string {
  return derive(source, purpose).toString('hex').slice(0, length);
}

function letters(source: Buffer, purpose: string, length: number): string {
  return [...derive(source, purpose).subarray(0, length)].map((byte) => alphabet.charAt(byte % 62)).join('');
}
