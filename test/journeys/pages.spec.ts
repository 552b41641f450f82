import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { openProduct, type Product } from '../support/product';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const there = existsSync(executablePath);
if (!there) process.stdout.write(`${executablePath} is not there: the pages are not tried in a browser\n`);

/** Set to a folder to keep pictures of the pages there. */
const pictures = process.env['PICTURES'];

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

(there ? describe : describe.skip)('the chat page in a browser', () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  const outside: string[] = [];
  const faults: string[] = [];

  beforeAll(async () => {
    product = await openProduct();
    browser = await chromium.launch({ executablePath, args: flags });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
    page.on('request', (request) => {
      if (!request.url().startsWith(product.url) && /^https?:/.test(request.url())) outside.push(request.url());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await product.close();
  }, 30_000);

  const keep = async (name: string): Promise<void> => {
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
  };
  const say = async (words: string): Promise<void> => {
    const box = page.getByRole('textbox');
    await box.fill(words);
    await box.press('Enter');
  };

  it('greets, understands a need, and carries it to a case number', async () => {
    await page.goto(`${product.url}/`);
    await page.getByText('您好').first().waitFor();
    await page.getByRole('button', { name: /高龄津贴咋领/ }).click();
    await page.getByText('现在就申请').first().waitFor();
    await keep('overview');
    await page
      .getByRole('button', { name: /现在就申请/ })
      .last()
      .click();
    await page
      .getByRole('button', { name: /桂花街道/ })
      .last()
      .click();
    for (const [question, answer] of [
      [/叫什么名字/, '王桂芳'],
      [/身份证号/, '990102193803051129'],
      [/电话|手机/, '13812345678'],
      [/住|地址/, '桂香社区三栋二单元401'],
    ] as const) {
      await page.getByText(question).last().waitFor();
      await say(answer);
    }
    await page
      .getByText(/老人本人/)
      .last()
      .waitFor();
    await say('是');
    await page
      .getByText(/什么人/)
      .last()
      .waitFor();
    await say('本人');
    await page
      .getByText(/哪家银行/)
      .last()
      .waitFor();
    await say('邻安农商银行桂花支行');
    await page.getByText(/卡号/).last().waitFor();
    await say('6222020200112233445');
    await page.getByRole('button', { name: /提交/ }).last().click();
    await page
      .getByText(/办件编号：\d+/)
      .last()
      .waitFor();
    await keep('chat');
  }, 60_000);

  it('loads nothing from elsewhere and reports no error', () => {
    expect(outside).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('fits a small phone without sideways scrolling', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.reload();
    await page.getByText('办件编号').last().waitFor();
    const sideways = await page.evaluate<boolean>(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    await keep('phone');
    expect(sideways).toBe(false);
  }, 30_000);

  it('shows the API reference offline', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${product.url}/docs`);
    await page.getByText('/api/v1/route').first().waitFor();
    await keep('docs');
    expect(outside).toEqual([]);
    expect(faults).toEqual([]);
  }, 30_000);
});
