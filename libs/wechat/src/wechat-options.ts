import type { WechatAccounts } from './accounts';

/** What the adapter is told at the start. */
export interface WechatOptions {
  readonly accounts: WechatAccounts;
  /** The platform's address, asked at each call: the simulator's port is known only after listening. */
  readonly apiBaseUrl: () => string;
}

/** Injection token of `WechatOptions`. */
export const wechatOptions = Symbol('WechatOptions');
