import { Module, type DynamicModule } from '@nestjs/common';
import { AccessTokens } from './access-tokens.service';
import { PlatformApi } from './platform-api.service';
import { WechatClient } from './wechat-client.service';
import { wechatOptions, type WechatOptions } from './wechat-options';
import { WechatTokenStore } from './wechat-token.store';

@Module({})
export class WechatModule {
  static register(options: WechatOptions): DynamicModule {
    return {
      module: WechatModule,
      providers: [
        { provide: wechatOptions, useValue: options },
        PlatformApi,
        WechatTokenStore,
        AccessTokens,
        WechatClient,
      ],
      exports: [WechatClient],
    };
  }
}
