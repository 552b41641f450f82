import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { WechatyBuilder, type Message, type Wechaty } from 'wechaty';
import type { PuppetInterface } from 'wechaty-puppet/impls';
import { Guidepost, Hearing } from '@linli/journeys';
import { ResidentStore } from '@linli/directory';
import { Clock, Database, fileSizeLimit, FileStore } from '@linli/platform';
import { Refusal } from '@linli/kernel';
import { heardMessage } from './heard-message';
import { heed, inboundOf, type HeardMessage } from './inbound';

/** Injection token of the puppet wechaty drives. */
export const PUPPET = Symbol('Puppet');

const inviteWords = '您的事情涉及个人信息，请加我私聊，我马上帮您办。';
const laterWords = '收到，正在办理，稍后回复您。';
const troubleWords = '系统出了点问题，请稍后再发一次；急事请直接到党群服务中心窗口。';

/** The wechaty door: messages go to the same inbox as those of every other door, and the answers come back here. */
@Injectable()
export class BotService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(BotService.name);
  private readonly bot: Wechaty;
  private lastHeartbeat: Date | null = null;

  constructor(
    @Inject(PUPPET) puppet: PuppetInterface,
    private readonly hearing: Hearing,
    private readonly guidepost: Guidepost,
    private readonly residents: ResidentStore,
    private readonly files: FileStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.bot = WechatyBuilder.build({ puppet, name: 'linli' });
    this.register();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.guidepost.warmUp();
    await this.bot.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bot.stop();
  }

  /** When the puppet last showed that it lives; null before its first sign. */
  heartbeat(): Date | null {
    return this.lastHeartbeat;
  }

  /** Says something to a contact; false when the puppet does not know them. */
  async say(contactId: string, text: string): Promise<boolean> {
    const contact = await this.bot.Contact.find({ id: contactId });
    if (!contact) return false;
    await contact.say(text);
    return true;
  }

  /** Once, in the constructor: handlers registered again at a restart would answer twice. */
  private register(): void {
    this.bot.on('scan', (code) =>
      this.logger.log(`scan to sign in: https://wechaty.js.org/qrcode/${encodeURIComponent(code)}`),
    );
    this.bot.on('login', () => this.logger.log('signed in'));
    this.bot.on('logout', () => this.logger.warn('signed out'));
    this.bot.on('heartbeat', () => {
      this.lastHeartbeat = this.clock.now();
    });
    // Routine with every puppet; wechaty recovers by itself.
    this.bot.on('error', (error) => this.logger.warn(`the puppet reported: ${error.message}`));
    this.bot.on('message', (message) => void this.receive(message));
  }

  private async receive(message: Message): Promise<void> {
    try {
      const heard = await heardMessage(message, this.bot.currentUser.id);
      const what = heed(heard, this.clock.now());
      if (what === 'inviteToPrivate') await message.room()?.say(inviteWords, message.talker());
      if (what === 'answer') await this.answer(message, heard);
    } catch (error) {
      this.logger.error(error, 'a message could not be handled');
      await message.say(troubleWords).catch(() => undefined);
    }
  }

  private async answer(message: Message, heard: HeardMessage): Promise<void> {
    const mediaId = heard.type === 'image' ? await this.keepPicture(message, heard) : undefined;
    const answer = await this.hearing.hear(inboundOf({ ...heard, ...(mediaId ? { mediaId } : {}) }));
    const text = answer.kind === 'later' ? laterWords : answer.text;
    // An empty answer must not be said: wechaty would make words up for it.
    if (text) await message.say(text);
  }

  /** Kept before the message is heard, since the puppet may not have it later. Null when it is no picture we take. */
  private async keepPicture(message: Message, heard: HeardMessage): Promise<string | undefined> {
    const box = await message.toFileBox();
    const content = await box.toBuffer();
    if (content.length > fileSizeLimit) return undefined;
    const now = this.clock.now();
    try {
      return await this.database.transact(async (tx) => {
        const id = await this.residents.residentOf(tx, 'wechaty', heard.talkerId, 'message', now);
        const file = await this.files.keep(tx, { kind: 'resident', id }, box.name, content, now);
        return `file:${file.id}`;
      });
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }
}
