import { monitorEventLoopDelay } from 'node:perf_hooks';
import { PdfPress } from './pdf-press';
import type { Chart, PdfSheet } from './sheet';

const sheet = (lines: number): PdfSheet => ({
  document: {
    pageSize: 'A4',
    defaultStyle: { font: 'Noto', fontSize: 12 },
    styles: { muted: { fontSize: 9 } },
    info: { title: '回执', creationDate: new Date('2026-03-10T00:00:00Z'), modDate: new Date('2026-03-10T00:00:00Z') },
    content: [
      { layout: 'lined', table: { body: [[{ text: '事项' }, { text: '高龄津贴申领' }]] } },
      ...Array.from({ length: lines }, (_, n) => `第${n}行：桂花街道党群服务中心受理了您的申请。`),
    ],
  },
  footer: { sides: 56, note: '扫码查真伪' },
});

describe('the press', () => {
  let press: PdfPress;
  beforeEach(() => (press = new PdfPress()));
  afterEach(() => press.onApplicationShutdown());

  it('prints the same sheet to the same bytes, and starts with the first', async () => {
    expect(press.isWarm).toBe(false);
    const [one, two] = await Promise.all([press.print(() => sheet(3)), press.print(() => sheet(3))]);
    expect(one.subarray(0, 5).toString()).toBe('%PDF-');
    expect(one.equals(two)).toBe(true);
    expect(press.isWarm).toBe(true);
  });

  it('draws charts into the sheet, in its only font, and knows which is which', async () => {
    const chart = (name: string, data: number[]): Chart => ({
      ...{ width: 200, height: 80 },
      option: { title: { text: name }, xAxis: { type: 'category' }, yAxis: {}, series: { type: 'line', data } },
    });
    const charts = { rising: chart('<涨&升>', [1, 2]), falling: chart('落', [2, 1]) };
    const shown = (svg: string): PdfSheet => ({
      ...{ ...sheet(1), charts },
      document: { ...sheet(1).document, content: [{ columns: [{ svg }] }] },
    });
    const [rising, again, falling] = await Promise.all(
      ['rising', 'rising', 'falling'].map((name) => press.print(() => shown(name))),
    );
    expect(rising!.equals(again!)).toBe(true);
    expect(rising!.equals(falling!)).toBe(false);
    const fonts = rising!.toString('latin1').match(/\/BaseFont \/\S+/g);
    expect([...new Set(fonts)]).toEqual([expect.stringContaining('Noto')]);
    await expect(press.print(() => shown('nobody'))).rejects.toThrow('could not be printed');
  });

  it('holds nobody else up while it prints', async () => {
    await press.print(() => sheet(1));
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const began = performance.now();
    await press.print(() => sheet(1_500));
    const took = performance.now() - began;
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(took / 2);
  });

  it('says what cannot be printed, and prints the next', async () => {
    const broken = { ...sheet(1), document: { ...sheet(1).document, content: [{ image: 'nowhere' }] } };
    await expect(press.print(() => broken)).rejects.toThrow('could not be printed');
    await expect(press.print(() => Promise.reject(new Error('no such paper')))).rejects.toThrow('no such paper');
    expect((await press.print(() => sheet(1))).length).toBeGreaterThan(1_000);
  });

  it('sends away whoever comes when very many wait already', async () => {
    const waiting = Array.from({ length: 50 }, () => press.print(() => sheet(1)));
    expect(() => press.print(() => sheet(1))).toThrow('service.unavailable');
    await Promise.all(waiting);
  });

  it('ends with the process it serves', async () => {
    await press.print(() => sheet(1));
    await press.onApplicationShutdown();
    expect(press.isWarm).toBe(false);
  });
});
