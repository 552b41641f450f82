import type { AcceptanceScope } from '@linli/contracts';
import { isTakenAnywhere } from './counter-desk';

describe('全区通办', () => {
  it.each<[AcceptanceScope | undefined, boolean, boolean]>([
    ['nation', true, true],
    ['province', true, true],
    ['city', true, true],
    ['county', true, true],
    ['subdistrict', false, false],
    ['acrossCommunities', false, false],
    [undefined, true, false],
  ])('of an item for %s', (scope, whenDistrict, whenSubdistrict) => {
    expect([isTakenAnywhere(scope, 'district'), isTakenAnywhere(scope, 'subdistrict')]).toEqual([
      whenDistrict,
      whenSubdistrict,
    ]);
  });
});
