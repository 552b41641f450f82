import type { CatalogueEntry, ServiceGuide } from '@linli/contracts';
import { hearOnce, play } from './play';
import { allowance, sampleCase, sampleWorld } from './samples';
import * as formWords from './form-words';

/** Every text of a guide as long as an import lets it be. */
const long = (sign: string, length: number): string => sign.repeat(length);
const materials = Array.from({ length: 20 }, (_, index) => ({
  id: `m${index}`,
  name: long('材', 198) + String(index).padStart(2, '0'),
  required: false,
  issuedBy: '本人',
  deferrable: true,
  copies: 2,
  note: long('注', 300),
}));
const guide: ServiceGuide = {
  ...(allowance.guide as ServiceGuide),
  basis: Array.from({ length: 5 }, () => long('法', 300)),
  audience: long('人', 300),
  conditions: Array.from({ length: 5 }, () => long('件', 500)),
  materials,
  steps: Array.from({ length: 8 }, (_, index) => long('步', 499) + String(index)),
  fee: long('费', 300),
  place: long('地', 300),
  hours: long('时', 300),
  result: long('证', 300),
  form: Array.from({ length: 20 }, (_, index) => ({
    id: `f${index}`,
    label: long('项', 28) + String(index).padStart(2, '0'),
    ask: long('问', 120),
    hint: long('示', 120),
    type: index === 0 ? ('choice' as const) : ('text' as const),
    required: true,
    choices: Array.from({ length: 12 }, (_choice, at) => String.fromCharCode(0x4e00 + at) + long('选', 59)),
  })),
};
const entry: CatalogueEntry = { ...allowance, name: long('名', 200), guide };
const world = sampleWorld({
  entry: () => entry,
  subdistricts: Array.from({ length: 12 }, (_, index) => ({ id: `s${index}`, name: `${long('街', 38)}${index}` })),
});

const menu = (reply: string): string[] => reply.split('\n').filter((line) => /^\d+\. /.test(line));

describe('a guide as long as may be', () => {
  const overview = hearOnce(play([]).conversation, '高龄津贴', world);

  it('its overview keeps the menu whole', () => {
    expect(overview.replies).toHaveLength(1);
    expect(overview.replies[0]!.length).toBeLessThanOrEqual(600);
    expect(menu(overview.replies[0]!)).toHaveLength(5);
    expect(overview.replies[0]).toMatch(/回复数字就行。$/);
  });

  it.each([
    ['1', materials.map((one) => one.name)],
    ['2', guide.steps],
    ['4', [guide.place, guide.hours]],
    ['5', [...guide.conditions, ...guide.basis, guide.complaintPhone]],
  ])('section %s is told in full over its pages, the menu on each', (digit, told) => {
    let heard = hearOnce(overview.conversation, digit, world);
    const pages = [heard.replies[0]!];
    while (heard.replies[0]!.includes('看下一页回复「更多」')) {
      heard = hearOnce(heard.conversation, '更多', world);
      pages.push(heard.replies[0]!);
    }
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect(Buffer.byteLength(page, 'utf8')).toBeLessThanOrEqual(2000);
      expect(page.length).toBeLessThanOrEqual(600);
      expect(menu(page)).toHaveLength(5);
    }
    const shown = pages.map((page) => page.slice(page.indexOf('\n'), page.lastIndexOf('还想看什么')));
    const whole = shown.join('').replace(/（第\d+页.*?）|\n/g, '');
    expect(told.filter((text) => !whole.includes(text)).map((text) => text.slice(-10))).toEqual([]);
    expect(hearOnce(heard.conversation, '更多', world).replies[0]).toContain('后面没有了');
  });

  it('its form shows every choice, and its summary and list of fields the way to send', () => {
    let heard = hearOnce(overview.conversation, '3', world);
    expect(menu(heard.replies[0]!)).toHaveLength(12);
    for (const answer of ['1', '王秀兰', '110105193803050025', '13912345678', '桂花路18号'])
      heard = hearOnce(heard.conversation, answer, world);
    expect(menu(heard.replies[0]!)).toHaveLength(12);
    const refused = hearOnce(heard.conversation, '13', world).replies[0]!;
    expect(menu(refused)).toHaveLength(12);
    expect(refused).toContain('人工');
    for (let at = 0; at < 20; at += 1) heard = hearOnce(heard.conversation, at === 0 ? '12' : long('答', 500), world);
    expect(heard.conversation.mode.kind).toBe('confirming');
    expect(menu(heard.replies[0]!)).toEqual(['1. 提交', '2. 修改', '3. 取消']);
    const fields = hearOnce(heard.conversation, '2', world).replies[0]!;
    expect(menu(fields)).toHaveLength(25);
    expect(fields.length).toBeLessThanOrEqual(600);
  });

  it('its case number stands on a line of its own whatever must be brought', () => {
    const summary = sampleCase({ title: entry.name, department: long('局', 60) });
    const told = formWords.opened(
      summary,
      materials.map((one) => one.name),
      world.today,
      world.hotline,
    );
    expect(told.split('\n')).toContain(`办件编号：${summary.number}`);
    expect(told.length).toBeLessThanOrEqual(600);
    expect(told).toContain('回复「进度」');
  });

  it('nine cases with long names and a long answer keep their choices', () => {
    const cases = Array.from({ length: 12 }, (_, at) =>
      sampleCase({
        number: String(at),
        title: entry.name,
        state: 'closed',
        outcome: 'explained',
        publicReply: long('答', 3000),
        department: long('局', 60),
      }),
    );
    const perform = (): { kind: 'cases'; items: typeof cases; more: boolean } => ({
      kind: 'cases',
      items: cases,
      more: true,
    });
    const list = hearOnce(play([]).conversation, '进度', world, perform);
    expect(menu(list.replies[0]!)).toHaveLength(9);
    const one = hearOnce(list.conversation, '9', world);
    expect(menu(one.replies[0]!)).toEqual(['1. 没解决，要重办', '2. 返回列表']);
    expect(one.replies[0]).toContain('答复：答答');
  });
});
