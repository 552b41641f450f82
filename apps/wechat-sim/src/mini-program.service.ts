import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Person } from './people';
import { PlatformDesk, text, type Body } from './platform-desk';
import { PlatformError } from './platform-error';
import { PushService } from './push.service';
import { simOptions, type SimOptions } from './sim-options';
import { SimState } from './sim-state';

const recentMs = 2 * 3_600_000;
/** Words that make the content check complain, so that a test can ask for it. */
const verdicts = [
  { word: '模拟违规', suggest: 'risky', label: 20_001 },
  { word: '模拟存疑', suggest: 'review', label: 20_012 },
] as const;

/** What the platform knows of a mini-program's users. */
@Injectable()
export class MiniProgramService {
  constructor(
    @Inject(simOptions) private readonly options: SimOptions,
    private readonly state: SimState,
    private readonly desk: PlatformDesk,
    private readonly pushes: PushService,
  ) {}

  /** code2Session. Success carries no `errcode`, as on the platform; each login replaces the session key. */
  login(code: string | undefined): object {
    const person = this.state.loginCodes.redeem(code);
    person.sessionKey = randomBytes(16).toString('base64');
    person.lastInMiniAt = this.state.clock.now();
    return { openid: person.miniOpenid, session_key: person.sessionKey, unionid: person.unionid };
  }

  /** The phone number behind a code; a given openid must be its owner's. */
  phone(body: Body): object {
    const { person, phone } = this.state.phoneCodes.redeem(text(body, 'code'));
    if (body['openid'] !== undefined && body['openid'] !== person.miniOpenid) throw new PlatformError(40029);
    const timestamp = Math.floor(this.state.clock.now() / 1000);
    const watermark = { timestamp, appid: this.options.mini.appId };
    return {
      errcode: 0,
      errmsg: 'ok',
      phone_info: { phoneNumber: phone, purePhoneNumber: phone, countryCode: '86', watermark },
    };
  }

  /** Text check, version 2; 61010 when the author was not in the mini-program within two hours. */
  checkText(body: Body): object {
    this.author(body);
    const content = text(body, 'content');
    if (content === '' || [...content].length > 2_500) throw new PlatformError(40129, 'content');
    const verdict = verdicts.find((one) => content.includes(one.word));
    const result = { suggest: verdict?.suggest ?? 'pass', label: verdict?.label ?? 100 };
    const detail = [{ strategy: 'content_model', errcode: 0, ...result, prob: 90 }];
    return { errcode: 0, errmsg: 'ok', result, detail, trace_id: traceId() };
  }

  /** Media check: answers at once with a trace id, the verdict is pushed as `wxa_media_check`. */
  checkMedia(body: Body): object {
    const person = this.author(body);
    if (text(body, 'media_url') === '' || ![1, 2].includes(Number(body['media_type']))) throw new PlatformError(47003);
    const trace_id = traceId();
    const result = { suggest: 'pass', label: 100 };
    const event = { Event: 'wxa_media_check', appid: this.options.mini.appId, trace_id, version: 2, result };
    this.pushes.reportMini({ ...event, errcode: 0, errmsg: 'ok', detail: [] }, person.miniOpenid);
    return { errcode: 0, errmsg: 'ok', trace_id };
  }

  private author(body: Body): Person {
    const person = this.desk.recipient(body['openid'], 'mini');
    if (body['version'] !== 2) throw new PlatformError(47001, 'version');
    if (![1, 2, 3, 4].includes(Number(body['scene']))) throw new PlatformError(40129);
    if (this.state.clock.now() - person.lastInMiniAt > recentMs) throw new PlatformError(61010);
    return person;
  }
}

function traceId(): string {
  return randomBytes(16).toString('hex');
}
