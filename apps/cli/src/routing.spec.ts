import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatalogueEntry } from '@linli/contracts';
import { judge, scoreOf } from '@linli/journeys';
import { RoutingScoreCommand } from './routing.command';
import { errorLines, scoreLines } from './score-lines';
import { laidOver, readRows, standsAlone } from './scored-catalogue';
import { Workplace } from './workplace';

const published: CatalogueEntry = {
  id: 'old-card',
  kind: 'item',
  name: '老年人优待证办理',
  department: { id: 'd1', name: '街道党群服务中心' },
  category: '老龄服务',
  aliases: [],
  summary: '满60岁的老人领一本优待证。',
  keywords: [],
  phrasings: ['办老年证'],
  version: 3,
  versionId: 'v3',
};

describe('a catalogue file that is tried out', () => {
  it('adds the phrasings of a row without a name, and takes a whole row for its entry', () => {
    const rows = readRows(
      JSON.stringify([
        { id: 'old-card', phrasings: ['领老人证'] },
        { id: 'new', name: '新事项' },
      ]),
    );
    expect(standsAlone(rows)).toBe(false);
    const entries = laidOver([published], rows);
    expect(entries.map(({ id, name, phrasings }) => [id, name, phrasings])).toEqual([
      ['old-card', published.name, ['办老年证', '领老人证']],
      ['new', '新事项', []],
    ]);
  });

  it('may be a page of phrasings as the API gave it', () =>
    expect(readRows('{"items":[{"id":"a","phrasings":["啊"]}],"nextCursor":null}')).toEqual([
      { id: 'a', phrasings: ['啊'] },
    ]));

  it('refuses a row that adds to nothing', () =>
    expect(() => laidOver([published], [{ id: 'nobody', phrasings: ['啊'] }])).toThrow(/nobody/));

  it.each(['{', '{}', '[{"name":"a"}]', '[{"id":"a","phrasings":[1]}]', '[{"id":"a","aliases":"b"}]'])(
    'refuses %s',
    (text) => expect(() => readRows(text)).toThrow(/catalogue file/),
  );
});

describe('the lines of a score', () => {
  const label = { text: '办老年证', gold: ['old-card'], also: [], wantsAll: false, style: 'plain' };
  const judged = [
    judge(label, { decision: 'route', ranked: ['old-card'] }),
    judge({ ...label, text: `长${'话'.repeat(90)}`, style: 'long' }, { decision: 'none', ranked: [] }),
  ];

  it('tell shares by style', () => {
    const lines = scoreLines(scoreOf(judged));
    expect(lines[1]).toBe('first right 50.0 %, among three 50.0 %, right end to end 50.0 %');
    expect(lines.at(-1)).toMatch(/^plain +1 +100\.0 % +100\.0 % +100\.0 %$/);
  });

  it('list what went wrong, shortened, and no more than asked for', () => {
    const lines = errorLines(judged, 5);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^\[long\] 长话+… \| wanted old-card \| got none$/);
    expect(errorLines(judged, 0)).toEqual([]);
  });
});

describe('routing score', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'linli-score-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const said = async (labelled: string, catalogue: string): Promise<string> => {
    const out: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((words) => out.push(String(words)) > 0);
    try {
      await new RoutingScoreCommand(new Workplace()).run([labelled], { catalogue, errors: 3 });
    } finally {
      write.mockRestore();
    }
    return out.join('');
  };

  it('needs no database for a whole catalogue file, and names ids it does not hold', async () => {
    const catalogue = file('catalogue.json', JSON.stringify([{ ...published, department: '街道党群服务中心' }]));
    const labelled = file(
      'labelled.jsonl',
      '{"text":"办老年证","gold":["old-card"]}\n{"text":"办证","gold":["gone"]}\n',
    );
    const words = await said(labelled, catalogue);
    expect(words).toContain('2 texts, 2 of them mean entries');
    expect(words).toContain('Not in the catalogue, so never right: gone');
    expect(words).toMatch(/1 wrong\n\[plain\] 办证 \| wanted gone/);
  });

  it('refuses a labelled file with bad lines', async () => {
    const labelled = file('bad.jsonl', '{"text":"a"}\n');
    await expect(said(labelled, labelled)).rejects.toThrow(/1 lines .* must be mended/);
  });
});
