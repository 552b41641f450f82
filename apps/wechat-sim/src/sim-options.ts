/** Where an account's pushes go and how they are signed. */
export interface PushAddress {
  /** The webhook's address; a function when the port is known only after listening. */
  readonly url: string | (() => string);
  /** The `gh_…` id of the account, which pushes name as their addressee. */
  readonly originalId: string;
  readonly token: string;
  /** 43 characters. Without it only plaintext can be pushed. */
  readonly aesKey?: string;
}

/** The accounts the stand-in platform knows, and who may talk to it. */
export interface SimOptions {
  readonly official: {
    readonly appId: string;
    readonly secret: string;
    readonly originalId: string;
    readonly token: string;
    readonly aesKey?: string;
  };
  readonly mini: {
    readonly appId: string;
    readonly secret: string;
    /** Without it results such as `wxa_media_check` are recorded but pushed nowhere. */
    readonly push?: PushAddress;
  };
  /** The official account's webhook; a function when the port is known only after listening. */
  readonly pushUrl: string | (() => string);
  /** Refuse every caller whose socket does not come from this machine. */
  readonly loopbackOnly: boolean;
  /** How long one push may take, in milliseconds; the platform allows 5,000. */
  readonly pushTimeoutMs?: number;
  /** Real time, when a test freezes it. `clock` moves only windows, tokens and codes. */
  readonly now?: () => Date;
}

/** Injection token of `SimOptions`. */
export const simOptions = Symbol('simOptions');

/** The push address of the official account. */
export function officialPush(options: SimOptions): PushAddress {
  const { originalId, token, aesKey } = options.official;
  return { url: options.pushUrl, originalId, token, ...(aesKey === undefined ? {} : { aesKey }) };
}
