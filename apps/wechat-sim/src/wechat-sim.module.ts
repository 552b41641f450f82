import { type DynamicModule, Module } from '@nestjs/common';
import { MediaController } from './media.controller';
import { MessageController } from './message.controller';
import { MiniProgramController } from './mini-program.controller';
import { MiniProgramService } from './mini-program.service';
import { OauthController } from './oauth.controller';
import { OfficialAccountController } from './official-account.controller';
import { OutboundService } from './outbound.service';
import { PhoneControlController } from './phone-control.controller';
import { PlatformControlController } from './platform-control.controller';
import { PlatformDesk } from './platform-desk';
import { PushService } from './push.service';
import { simOptions, type SimOptions } from './sim-options';
import { SimState } from './sim-state';
import { TokenController } from './token.controller';

/** The stand-in WeChat platform under `/simulator`: platform APIs for the product, levers for tests and the chat page. */
@Module({})
export class WechatSimModule {
  static register(options: SimOptions): DynamicModule {
    return {
      module: WechatSimModule,
      controllers: [
        TokenController,
        MessageController,
        OfficialAccountController,
        MediaController,
        MiniProgramController,
        OauthController,
        PlatformControlController,
        PhoneControlController,
      ],
      providers: [
        { provide: simOptions, useValue: options },
        SimState,
        PlatformDesk,
        PushService,
        OutboundService,
        MiniProgramService,
      ],
      exports: [SimState],
    };
  }
}
