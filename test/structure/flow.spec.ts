import { stations, Subscriptions, type Subscription } from '@linli/journeys';

/** The table needs no room to be read: its handlers are not run. */
const table = (Reflect.construct(Subscriptions, []) as Subscriptions).all;
const place = (station: Subscription['from']): number => stations.indexOf(station);

describe('the flow table', () => {
  it('runs from left to right', () => {
    expect(table.length).toBeGreaterThan(8);
    const backwards = table.filter((one) => place(one.from) > place(one.to));
    expect(backwards.map((one) => `${one.on} → ${one.name}`)).toEqual([]);
  });

  it('names each subscriber of an event once, so that none runs in the place of another', () => {
    const names = table.map((one) => `${one.on}/${one.name}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
