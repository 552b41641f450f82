import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Length,
  Matches,
  Max,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { shapeCheck } from './shape-check';
import { shapeProblems } from './shape-problems';

class Leaf {
  @Matches(/^[a-z]+$/) id!: string;
  @IsOptional() @IsInt() @Max(9) count?: number;
}

class Tree {
  @Length(1, 5) name!: string;
  @IsDefined() kind!: unknown;
  @IsArray() @ArrayNotEmpty() @Length(1, 3, { each: true }) words!: string[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => Leaf) leaves!: Leaf[];
  @IsOptional() @IsObject() @ValidateNested() @Type(() => Leaf) one?: Leaf;
  @ValidateIf((tree: Tree) => tree.kind === 'long' || tree.note !== undefined) @Length(3, 9) note?: string;
  @IsOptional() @IsIn([1, 2], { each: true, validateIf: (tree: Tree) => tree.kind !== 'free' }) picks?: number[];
  @IsOptional() @IsBoolean() flag?: boolean;
}

const good = { name: 'oak', kind: 'x', words: ['a'], leaves: [{ id: 'l' }, { id: 'm', count: 3 }] };
const values: readonly unknown[] = [
  good,
  { ...good, one: { id: 'z' }, flag: true, picks: [1, 2] },
  { ...good, name: '' },
  { ...good, name: 7 },
  { ...good, kind: null },
  { ...good, words: [] },
  { ...good, words: 'abc' },
  { ...good, words: ['a', 'long'] },
  { ...good, words: ['a', null] },
  { ...good, leaves: [{ id: 'L' }] },
  { ...good, leaves: [{ id: 'l', count: 10 }] },
  { ...good, leaves: [{ id: 'l', count: null }] },
  { ...good, leaves: [{ id: 'l', colour: 'red' }] },
  { ...good, leaves: [null] },
  { ...good, leaves: ['leaf'] },
  { ...good, leaves: { id: 'l' } },
  { ...good, leaves: [] },
  { ...good, one: null },
  { ...good, one: [] },
  { ...good, one: 'leaf' },
  { ...good, one: {} },
  { ...good, kind: 'long' },
  { ...good, kind: 'long', note: 'told' },
  { ...good, note: 'x' },
  { ...good, picks: [3] },
  { ...good, kind: 'free', picks: [3] },
  { ...good, flag: 'yes' },
  { ...good, colour: 'red' },
];

describe('rules put in order once', () => {
  const holds = shapeCheck(Tree);

  it.each(values)('%j: the same as rules read each time', (value) => {
    const found = shapeProblems(plainToInstance(Tree, structuredClone(value)));
    expect(holds(value)).toBe(found.length === 0);
  });

  it.each([null, undefined, 7, 'x', [], [good], new Date(0)])('%p is no value of the class', (value) =>
    expect(holds(value)).toBe(false),
  );

  it('answer both ways in that list', () => {
    expect(values.filter(holds).length).toBeGreaterThan(5);
    expect(values.filter((value) => !holds(value)).length).toBeGreaterThan(15);
  });
});
