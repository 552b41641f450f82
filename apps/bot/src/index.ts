export { BotModule, type BotOptions } from './bot.module';
export { BotService } from './bot.service';
export { loadPuppet } from './puppet';
