import { Inject, Injectable, Logger } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { AccessTokens, type Credentials } from './access-tokens.service';
import { fileName } from './file-name';
import type { WechatChannel } from './inbound';
import { expectOk, PlatformApi, type Answer, type ApiCall } from './platform-api.service';
import { failureOf, isCodeError, isTokenError, WechatFailure } from './platform-errors';
import { wechatOptions, type WechatOptions } from './wechat-options';
import { wellFormed } from './wire-text';

/** Who logged in. */
export interface MiniSession {
  readonly openid: string;
  readonly unionid?: string;
}

/** What a resident sent as a file. */
export interface MediaFile {
  readonly content: Buffer;
  readonly name: string;
}

const sessionPath = '/sns/jscode2session';
const sendPath = '/cgi-bin/message/custom/send';
const typingPath = '/cgi-bin/message/custom/typing';
const mediaPath = '/cgi-bin/media/get';
const mediaLimits = { timeoutMs: 20_000, limitBytes: 10 * 1_048_576 };
const userPath = '/cgi-bin/user/info';
const mediaGone = 40007;

/** What the product asks of the platform. Failures are `WechatFailure`s that say what to do about them. */
@Injectable()
export class WechatClient {
  private readonly logger = new Logger(WechatClient.name);

  constructor(
    @Inject(wechatOptions) private readonly options: WechatOptions,
    private readonly api: PlatformApi,
    private readonly tokens: AccessTokens,
  ) {}

  /** Who logs in with this code (code2Session). The session key goes no further: nobody needs it. */
  async codeToSession(code: string): Promise<MiniSession> {
    try {
      return await this.session(code);
    } catch (error) {
      if (!(error instanceof WechatFailure)) throw error;
      if (error.errcode !== null && isCodeError(error.errcode)) throw new Refusal('wechat.codeInvalid');
      this.logger.warn(error.message);
      throw new Refusal('wechat.unavailable');
    }
  }

  /** Sends a custom message (客服消息) of at most 2,048 bytes; the platform allows five within 48 h of the resident's. */
  async sendText(channel: WechatChannel, openid: string, text: string): Promise<void> {
    // Broken characters would leave JSON as \uXXXX, which the platform refuses (40033).
    const body = { touser: openid, msgtype: 'text', text: { content: wellFormed(text) } };
    expectOk(sendPath, await this.authorized(channel, { path: sendPath, body }));
  }

  /** Shows 对方正在输入. A courtesy: whatever fails is nobody's trouble. */
  async typing(openid: string): Promise<void> {
    const body = { touser: openid, command: 'Typing' };
    try {
      await this.authorized('wechatOfficial', { path: typingPath, body });
    } catch (error) {
      this.logger.debug(error instanceof WechatFailure ? error.message : 'typing could not be shown');
    }
  }

  /** A picture or recording a resident sent, up to 10 MB; null when the platform no longer has it (after three days). */
  async media(mediaId: string, channel: WechatChannel = 'wechatOfficial'): Promise<MediaFile | null> {
    const call = { path: mediaPath, query: { media_id: mediaId }, file: mediaLimits };
    const { errcode, errmsg, file } = await this.authorized(channel, call);
    if (file !== null) return { content: file.content, name: fileName(file.disposition, file.type, mediaId) };
    if (errcode === mediaGone) return null;
    if (errcode === 0) throw new WechatFailure('content', null, `WeChat ${mediaPath} answered no file`);
    throw failureOf(mediaPath, errcode, errmsg);
  }

  /** The follower's unionid, by which the operator's other apps know them; null when the apps are not joined. */
  async unionIdOf(openid: string): Promise<string | null> {
    const query = { openid, lang: 'zh_CN' };
    const { unionid } = expectOk(userPath, await this.authorized('wechatOfficial', { path: userPath, query })).fields;
    return typeof unionid === 'string' && unionid !== '' ? unionid : null;
  }

  private async session(code: string): Promise<MiniSession> {
    const { appId, secret } = this.account('wechatMini');
    const query = { appid: appId, secret, js_code: code, grant_type: 'authorization_code' };
    const { openid, unionid } = expectOk(sessionPath, await this.api.call({ path: sessionPath, query })).fields;
    if (typeof openid !== 'string' || openid === '') {
      throw new WechatFailure('retry', null, `WeChat ${sessionPath} answered no openid`);
    }
    return { openid, ...(typeof unionid === 'string' && unionid !== '' ? { unionid } : {}) };
  }

  /** Calls with the account's token; one that is refused is dropped, and the call made once more. */
  private async authorized(channel: WechatChannel, call: ApiCall): Promise<Answer> {
    const account = this.account(channel);
    const token = await this.tokens.of(account);
    const answer = await this.api.call(withToken(call, token.value));
    if (!isTokenError(answer.errcode)) return answer;
    await this.tokens.drop(account, token);
    const next = await this.tokens.of(account);
    return this.api.call(withToken(call, next.value));
  }

  private account(channel: WechatChannel): Credentials {
    const { official, mini } = this.options.accounts;
    const account = channel === 'wechatOfficial' ? official : mini;
    if (account === null) throw new WechatFailure('config', null, `no account is configured for ${channel}`);
    return account;
  }
}

function withToken(call: ApiCall, token: string): ApiCall {
  return { ...call, query: { access_token: token, ...call.query } };
}
