import { isWithin, overviewOf, reachOf } from '../reach';
import { item } from '../samples';
import { localActs, requireLocal } from './local-work';

const home = { id: 'o', departmentId: 'civil', subdistrictId: 's1', communityId: 'c1', gridId: 'g1' };
const filing = { subdistrictId: 's1', entry: item };

describe('who sees a case given to a community, a grid, both or neither', () => {
  it.each([
    ['community', ['c1'], true],
    ['community', ['g1'], false],
    ['community', ['c2'], false],
    ['community', [], false],
    ['grid', ['g1'], true],
    ['grid', ['c1'], false],
    ['grid', ['g2'], false],
    ['grid', [], false],
    ['clerk', [], true],
    ['dispatcher', [], true],
    ['leader', [], true],
    ['supervisor', [], true],
    ['assessor', ['c1', 'g1'], false],
  ])('%s, given to %j: %s', (role, given, seen) => {
    expect(isWithin(reachOf({ ...home, role }), filing, given)).toBe(seen);
  });

  it('no piles, sheets or orders are theirs', () => {
    for (const role of ['community', 'grid', 'assessor']) expect(overviewOf({ ...home, role })).toBeNull();
    for (const role of ['clerk', 'department', 'leader']) expect(overviewOf({ ...home, role })).not.toBeNull();
  });

  it('nobody of a community or grid that the directory does not say', () => {
    const lost = { ...home, communityId: null, gridId: null };
    for (const role of ['community', 'grid'])
      expect(isWithin(reachOf({ ...lost, role }), filing, ['c1', 'g1', 'civil'])).toBe(false);
  });
});

describe('what they may do with it', () => {
  const waiting = { state: 'waiting', role: 'lead' } as const;
  const lead = { state: 'signed', role: 'lead' } as const;
  const support = { state: 'signed', role: 'support' } as const;

  it.each([
    ['nothing they do not hold', null, 'case.notFound'],
    ['nothing before they sign', waiting, 'case.notSignedFor'],
    ['nothing as those who help', support, 'case.supportOnly'],
  ])('%s', (_, given, code) => {
    for (const act of localActs) expect(() => requireLocal(act, given)).toThrow(code);
  });

  it('everything to the end once they have signed as the ones in charge', () => {
    for (const act of localActs) expect(() => requireLocal(act, lead)).not.toThrow();
  });
});
