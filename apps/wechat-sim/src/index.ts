export { WechatSimModule } from './wechat-sim.module';
export type { PushAddress, SimOptions } from './sim-options';
export { SimState, type PhoneSignal, type SentRecord } from './sim-state';
export type { PhoneContent, PhoneMessage, PhoneWay } from './phone-message';
export type { PushOutcome, PushTry } from './push.service';
