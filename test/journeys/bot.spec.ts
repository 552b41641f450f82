import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import { BotModule } from '@linli-app/bot';
import { JourneysModule, schema } from '@linli/journeys';
import { PlatformModule } from '@linli/platform';
import { ask } from '../support/front-door';
import { openProduct, type Product } from '../support/product';

type Contact = ReturnType<mock.Mocker['createContact']>;

describe('the bot on a mock puppet', () => {
  let product: Product;
  let bot: INestApplicationContext;
  let mocker: mock.Mocker;
  let puppet: PuppetMock;
  let linli: Contact;
  const open: (() => void)[] = [];

  beforeAll(async () => {
    product = await openProduct();
    mocker = new mock.Mocker();
    puppet = new PuppetMock({ mocker });
    const { config, keys, databaseUrl, accounts } = product.ground;
    const journeys = JourneysModule.register({ accounts, apiBaseUrl: () => `${product.url}/simulator` });
    const root = {
      module: class BotRoot {},
      imports: [
        PlatformModule.register({ config, keys, databaseUrl, schema }),
        BotModule.register({ puppet: puppet, journeys }),
      ],
    };
    bot = await NestFactory.createApplicationContext(root, { logger: false });
    linli = mocker.createContact({ name: '街道小助手' });
    mocker.login(linli);
  }, 60_000);
  afterAll(async () => {
    open.forEach((close) => close());
    await bot.close();
    await product.close();
  }, 30_000);

  /** A neighbour and what they see of the bot. */
  function neighbour(name: string): { contact: Contact; heard: string[]; say: (text: string) => Promise<string> } {
    const contact = mocker.createContact({ name });
    const heard: string[] = [];
    contact.on('message', (message) => {
      if (message.talker().id === linli.id) heard.push(message.text() ?? '');
    });
    const say = async (text: string): Promise<string> => {
      const before = heard.length;
      contact.say(text).to(linli);
      return until(() => heard.slice(before).join('\n'));
    };
    return { contact, heard, say };
  }

  async function until(found: () => string, withinMs = 15_000): Promise<string> {
    for (const end = Date.now() + withinMs; ;) {
      const text = found();
      if (text !== '') return text;
      if (Date.now() > end) throw new Error('the bot said nothing');
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  it('answers from the same catalogue, and opens a case from a report', async () => {
    const li = neighbour('李阿姨');
    let said = await li.say('楼下路灯坏了三天，晚上看不见路');
    for (let turns = 0; turns < 12 && !said.includes('办件编号'); turns += 1) said = await li.say(reportAnswer(said));
    const number = /办件编号：(\d+)/.exec(said)?.[1] ?? '';
    expect(number).not.toBe('');

    const officer = await product.officer('admin');
    const accepted = await ask(product.url, 'POST', `/api/v1/staff/cases/${number}/acceptance`, officer);
    expect(accepted.status).toBe(200);
    expect(await until(() => li.heard.find((text) => text.includes('已受理')) ?? '')).toContain(number);
  }, 60_000);

  it('hears a message delivered twice once', async () => {
    const wang = neighbour('王叔');
    await wang.say('帮助');
    const messageId = [...puppet.mocker.cacheMessagePayload.keys()].at(-2) ?? '';
    const before = wang.heard.length;
    puppet.emit('message', { messageId });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const rows = await product.db.database.sql('select 1 from platform_inbox where message_id = $1', [
      `wy-${messageId}`,
    ]);
    expect(rows.length).toBeLessThanOrEqual(1);
    expect(wang.heard.length - before).toBeLessThanOrEqual(1);
  }, 30_000);

  it('asks for a private chat when it is mentioned in a room, and is silent otherwise', async () => {
    const zhao = neighbour('赵奶奶');
    const room = mocker.createRoom({ topic: '幸福社区', memberIdList: [linli.id, zhao.contact.id] });
    const said: string[] = [];
    room.on('message', (message) => {
      if (message.talker().id === linli.id) said.push(message.text() ?? '');
    });
    zhao.contact.say('今天天气不错').to(room);
    zhao.contact.say('@街道小助手 低保怎么办', [linli]).to(room);
    expect(await until(() => said.join('\n'))).toMatch(/私聊/);
    expect(said).toHaveLength(1);
  }, 30_000);
});

/** Answers the report's questions: the place in words, no picture, send it. */
function reportAnswer(question: string): string {
  const numbered = [...question.matchAll(/^\s*(\d)[.、]\s*(.+)$/gm)];
  const choice = (pattern: RegExp): string | undefined =>
    numbered.find(([, , words]) => pattern.test(words ?? ''))?.[1];
  return (
    choice(/^提交/) ??
    choice(/路灯/) ??
    (/照片/.test(question) ? '跳过' : undefined) ??
    choice(/桂花街道/) ??
    (/哪里|哪儿|地方|位置/.test(question) ? '桂香社区三栋楼下' : undefined) ??
    numbered[0]?.[1] ??
    '路灯坏了三天，晚上看不见路，老人不敢出门'
  );
}
