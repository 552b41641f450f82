import * as fc from 'fast-check';
import { canonicalJson } from '../files/canonical-json';
import { diffVersions } from './diff';
import { diffSequence } from './sequence-diff';
import { content, guide } from './samples';

const [idCard, bankCard] = guide.materials as [(typeof guide.materials)[0], (typeof guide.materials)[0]];
const withGuide = (change: object): object => ({ ...content, guide: { ...guide, ...change } });

describe('the difference of two versions', () => {
  it.each<[string, object, unknown[][]]>([
    ['equal', content, []],
    ['key order and stray spaces', { ...content, name: ` ${content.name} ` }, []],
    ['a name', { ...content, name: '新名' }, [['name', '事项名称', 'changed', content.name, '新名']]],
    [
      'limits',
      withGuide({ committedLimit: { days: 0, unit: 'workingDay' } }),
      [['guide.committedLimit', '承诺时限', 'changed', '10个工作日', '当场']],
    ],
    [
      'a step put in, a step reworded',
      withGuide({ steps: ['申请', '受理', '核实', '发放'] }),
      [
        ['guide.steps[2]', '办事程序第3条', 'changed', '办结', '核实'],
        ['guide.steps[3]', '办事程序第4条', 'added', null, '发放'],
      ],
    ],
    [
      'a material less',
      withGuide({ materials: [bankCard] }),
      [['guide.materials[id-card]', '申请材料「身份证」', 'removed', '身份证', null]],
    ],
    [
      'a material more',
      withGuide({ materials: [...guide.materials, { ...idCard, id: 'photo', name: '照片' }] }),
      [['guide.materials[photo]', '申请材料「照片」', 'added', null, '照片']],
    ],
    [
      'a material no longer required, and its order',
      withGuide({ materials: [bankCard, { ...idCard, required: false }] }),
      [
        ['guide.materials[id-card].required', '申请材料「身份证」：是否必备', 'changed', '是', '否'],
        ['guide.materials', '申请材料的顺序', 'changed', '身份证、储蓄卡', '储蓄卡、身份证'],
      ],
    ],
    [
      'a coded word',
      withGuide({ handling: 'immediate' }),
      [['guide.handling', '办件类型', 'changed', '承诺件', '即办件']],
    ],
    ['words in a set', { ...content, keywords: ['甲', '乙'] }, [['keywords', '关键词', 'changed', '试验', '甲；乙']]],
    [
      'no guide any more',
      { ...content, guide: undefined },
      [['guide', '办事指南', 'removed', expect.any(String), null]],
    ],
    ['an age', withGuide({ age: { min: 80 } }), [['guide.age', '年龄范围', 'added', null, '满80周岁']]],
  ])('of %s', (_what, after, changes) => {
    const found = diffVersions(content, after).map((one) => [one.path, one.label, one.change, one.before, one.after]);
    expect(found).toEqual(changes);
  });

  it('is empty exactly when the contents are equal', () => {
    const word = fc.constantFrom('甲', '乙', '丙');
    const material = fc.record({ id: word, name: word, required: fc.boolean() });
    const entry = fc.record(
      {
        name: word,
        keywords: fc.array(word, { maxLength: 3 }),
        guide: fc.record(
          {
            steps: fc.array(word, { maxLength: 4 }),
            materials: fc.array(material, { maxLength: 3 }),
            committedLimit: fc.record({ days: fc.nat(2), unit: fc.constantFrom('workingDay', 'naturalDay') }),
            age: fc.record({ min: fc.nat(2), max: fc.nat(2) }, { requiredKeys: [] }),
          },
          { requiredKeys: ['steps'] },
        ),
      },
      { requiredKeys: ['name'] },
    );
    fc.assert(
      fc.property(entry, entry, (a, b) => {
        expect(diffVersions(a, b).length === 0).toBe(canonicalJson(a) === canonicalJson(b));
      }),
      { numRuns: 500 },
    );
  });

  it('of two lists turns the first into the second', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 7 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const changes = diffSequence(a, b);
        const [gone, come] = [
          changes.filter((one) => one.before !== null),
          changes.filter((one) => one.after !== null),
        ];
        expect(a.length - gone.length + come.length).toBe(b.length);
        expect(changes.length === 0).toBe(a.join() === b.join());
      }),
      { numRuns: 500 },
    );
  });
});
