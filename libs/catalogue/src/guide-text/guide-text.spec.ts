import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { CatalogueEntry, ServiceGuide } from '@linli/contracts';
import { projectRoot } from '@linli/platform';
import { flowChartOf, wrap } from './flow-chart';
import { flowSvg } from './flow-svg';
import { guideAloud } from './guide-aloud';
import { guideText, messageLimit } from './guide-text';
import { jargon } from './jargon';
import { aloud, numberAloud } from './spoken';
import { textFindings, type TextProblem } from './text-findings';

type Row = Omit<CatalogueEntry, 'department'> & { readonly department: string };

const folder = join(projectRoot(), 'config/demo/catalogue');
const demo: CatalogueEntry[] = readdirSync(folder)
  .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Row[])
  .map((row) => ({ ...row, department: { id: 'd', name: row.department } }));
const guided = demo.filter((entry): entry is CatalogueEntry & { guide: ServiceGuide } => entry.guide !== undefined);
const one = guided.find((entry) => entry.id === 'elder-allowance')!;
const withGuide = (change: Partial<ServiceGuide>): CatalogueEntry & { guide: ServiceGuide } => ({
  ...one,
  guide: { ...one.guide, ...change },
});

describe('the guide as chat text', () => {
  it('names the six mandatory fields and both phones', () => {
    const text = guideText(one).join('\n');
    for (const said of [
      one.guide.basis[0]!,
      one.guide.conditions[0]!,
      one.guide.materials[0]!.name,
      one.guide.steps[0]!,
      '7个工作日',
      one.guide.complaintPhone,
      one.guide.enquiryPhone,
    ])
      expect(text).toContain(said);
  });

  it('fits its pages, numbers them, and begins each with the name', () => {
    for (const entry of demo) {
      const pages = guideText(entry);
      expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(messageLimit);
      for (const [at, page] of pages.entries()) {
        expect(page.startsWith(`「${entry.name}」`)).toBe(true);
        if (pages.length > 1) expect(page.endsWith(`（第${at + 1}页，共${pages.length}页）`)).toBe(true);
      }
    }
  });

  it('loses nothing of a guide longer than a page, and never cuts a sign in two', () => {
    const step = '😀办'.repeat(700);
    const pages = guideText(withGuide({ steps: [step] }));
    expect(pages.every((page) => page.length <= messageLimit)).toBe(true);
    expect([...pages.join('')].filter((sign) => sign === '😀')).toHaveLength(700);
    expect(pages.join('')).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });

  it('says what an entry without a guide is, and who is responsible', () => {
    const { guide: _, ...bare } = one;
    expect(guideText(bare).join('')).toContain(one.department.name);
  });
});

describe('what is read aloud', () => {
  it.each<[string, string]>([
    ['0990-5550133', '零九九零，五五五零一三三'],
    ['打 12345 问', '打一二三四五问'],
    ['13812345678', '一三八一二三四五六七八'],
    ['20个工作日', '二十个工作日'],
    ['2个工作日', '两个工作日'],
    ['（民发〔2021〕57号）', '民发二零二一年五十七号'],
    ['2026-03-05', '二零二六年三月五日'],
    ['2026年11月12日', '二零二六年十一月十二日'],
    ['9:00—12:00、13:30—17:30', '上午九点到中午十二点、下午一点半到下午五点半'],
    ['14:05', '下午两点零五分'],
    ['《社会救助暂行办法》第九条', '社会救助暂行办法第九条'],
    ['补贴3,500元，占60%', '补贴三千五百元，占百分之六十'],
    ['每月1.5元', '每月一点五元'],
    ['用 App 上传PDF', '用手机软件上传电子文件'],
    ['到人社局办', '到人力资源和社会保障局办'],
    ['１８至22周岁', '十八至二十二周岁'],
  ])('%s is said as %s', (written, said) => expect(aloud(written)).toBe(said));

  it.each<[number, string]>([
    [0, '零'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [101, '一百零一'],
    [110, '一百一十'],
    [1005, '一千零五'],
    [10_005, '一万零五'],
    [120_000, '十二万'],
    [3_050_600, '三百零五万零六百'],
  ])('%d is counted as %s', (number, said) => expect(numberAloud(number)).toBe(said));

  it('holds no figure, bracket or Latin letter anywhere in the demo', () => {
    for (const entry of guided)
      for (const sentence of guideAloud(entry)) expect(sentence).not.toMatch(/[0-9()（）[\]〔〕《》:：,]|\s/);
  });
});

/** Tags that are not closed in turn, signs XML forbids, and marks that were not escaped. */
function unsound(xml: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag, closes, name = '', alone] of xml.matchAll(/<(\/?)([a-z]+)\b[^<>]*?(\/?)>/gi)) {
    if (closes === '/' ? open.pop() !== name : false) wrong.push(tag);
    if (closes === '' && alone === '') open.push(name);
  }
  const rest = xml.replace(/<\/?[a-z]+\b[^<>]*>/gi, '');
  return [...wrong, ...open, ...(rest.match(/[<>\p{Cs}]|&(?!(?:amp|lt|gt|quot|#39);)|[^\P{Cc}\n]/gu) ?? [])];
}

describe('the flow chart', () => {
  it('goes from the start past the question for papers to the result, with the limit', () => {
    const { boxes, description } = flowChartOf(one.guide);
    expect(boxes.map((box) => box.shape)).toEqual(['end', 'step', 'step', 'decision', 'step', 'step', 'step', 'end']);
    expect(boxes.at(-2)?.after).toBe('7个工作日内');
    for (const step of one.guide.steps) expect(description).toContain(step);
    const noSteps = flowChartOf({ ...one.guide, steps: ['来窗口'], handling: 'immediate' });
    expect(noSteps.boxes.map((box) => box.shape)).toEqual(['end', 'step', 'decision', 'end']);
    expect(noSteps.boxes[2]?.after).toBe('齐了，当场');
  });

  it.each<[string, number, string[]]>([
    ['一二三四五六', 4, ['一二三', '四五六']],
    ['一二三四，五', 4, ['一二三', '四，五']],
    ['', 4, []],
    ['12345678一二', 4, ['12345678', '一二']],
  ])('wraps %s at %d', (text, width, lines) => expect(wrap(text, width)).toEqual(lines));

  it('is valid XML with a title and a description, whatever the words are', () => {
    const odd = withGuide({
      steps: ['<script>alert("1")</script> & \u0000\u0008 ]]>', '材料 < 3 份 \ud800'],
      result: `"'&`,
    });
    for (const entry of [odd, ...guided]) {
      const svg = flowSvg(entry) ?? '';
      expect(svg).not.toContain('<script');
      expect(unsound(svg)).toEqual([]);
      const { svg: root } = new XMLParser({ ignoreAttributes: false }).parse(svg) as {
        svg: Record<string, { '#text': string }>;
      };
      expect(root['title']?.['#text']).toContain('办理流程');
      expect(root['desc']?.['#text']).toContain('第1步');
    }
  });

  it('contrasts at least 4.5 to 1 wherever there is text', () => {
    const light = (hex: string): number => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
        const part = parseInt(hex.slice(at, at + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const grounds = [...(flowSvg(one) ?? '').matchAll(/fill="(#[0-9a-f]{6})" stroke=/g)].map(([, hex]) => hex ?? '');
    expect(new Set(grounds).size).toBe(4);
    for (const ground of grounds) expect((light(ground) + 0.05) / (light('#1a1a1a') + 0.05)).toBeGreaterThan(4.5);
  });
});

describe('findings in a text', () => {
  const plain = (change: Partial<ServiceGuide>): ServiceGuide => ({
    ...one.guide,
    audience: '本区老人',
    conditions: ['年满80岁'],
    materials: [],
    steps: ['您到窗口交材料', '街道看过以后打电话告诉您'],
    fee: '不收费',
    result: '一张卡',
    questions: [],
    ...change,
  });
  const found = (change: Partial<ServiceGuide>): [TextProblem, string][] =>
    textFindings(plain(change)).findings.map(({ problem, at }) => [problem, at]);

  it('are none where the words are plain', () => {
    expect(textFindings(plain({}))).toMatchObject({ findings: [], readability: 100, sentences: 6 });
  });

  it.each<[string, Partial<ServiceGuide>, [TextProblem, string]]>([
    ['a sentence of 41 signs', { steps: [`您${'办'.repeat(40)}`] }, ['longSentence', 'steps[0]']],
    ['an official word', { conditions: ['年满80岁', '窗口受理后'] }, ['jargon', 'conditions[1]']],
    ['nobody who acts', { result: '一张被核定的卡' }, ['passive', 'result']],
    ['an empty verb', { fee: '街道给予减免' }, ['bureaucratic', 'fee']],
    ['a catch-all', { audience: '按照有关规定可以办的人' }, ['bureaucratic', 'audience']],
    ['a short form', { steps: ['您到住建局交材料'] }, ['shortForm', 'steps[0]']],
    ['Latin capitals', { result: '一张 ETC 卡' }, ['shortForm', 'result']],
    ['steps without anybody', { steps: ['交材料', '领结果'] }, ['missingWho', 'steps']],
    ['a place that is none', { place: '按通知' }, ['missingWhere', 'place']],
    ['hours that are none', { hours: '正常上班时间' }, ['missingWhen', 'hours']],
  ])('name %s', (_what, change, finding) => expect(found(change)).toContainEqual(finding));

  it.each<[string, Partial<ServiceGuide>]>([
    ['40 signs', { steps: [`您${'办'.repeat(39)}`] }],
    ['the title of a paper', { result: '《不予受理决定书》' }],
    ['a short form whose full name stands there too', { steps: ['您到住房和城乡建设局（住建局）交材料'] }],
  ])('leave %s alone', (_what, change) => expect(found(change)).toEqual([]));

  it('say what to write instead, the longest word first', () => {
    const [first] = textFindings(plain({ conditions: ['由法定代表人来'] })).findings;
    expect(first).toMatchObject({ words: '法定代表人', suggestion: `可以改成：${jargon['法定代表人'] ?? ''}` });
  });

  it('know at least 80 official words, each with a plain one that is another', () => {
    expect(Object.keys(jargon).length).toBeGreaterThanOrEqual(80);
    expect(Object.entries(jargon).filter(([word, instead]) => instead.trim() === '' || word === instead)).toEqual([]);
  });

  it('lower the figure of a text that is written like a paper', () => {
    const stiff = plain({
      conditions: ['申请人须持有效身份证件原件及复印件一式两份向户籍所在地经办机构提交书面申请并予以备案'],
      steps: ['经办机构对申报材料进行审核，符合规定条件的予以受理'],
    });
    expect(textFindings(stiff).readability).toBeLessThan(50);
    const all = guided.map((entry) => textFindings(entry.guide).readability).sort((a, b) => a - b);
    expect(all[0]).toBeGreaterThan(60);
  });
});
