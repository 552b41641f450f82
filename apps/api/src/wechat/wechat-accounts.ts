/** Injection token of the `WechatAccounts` whose pushes are taken. */
export const WECHAT_ACCOUNTS = Symbol('WechatAccounts');
