import { newConversation } from './conversation';
import { hearOnce, play } from './play';
import { sampleWorld } from './samples';
import type { NearbyPlace } from './world';

const location = { kind: 'location', lat: 30.4743, lng: 106.6327, label: '桂花路18号' } as const;
const canteen: NearbyPlace = {
  name: '南门长者食堂',
  address: '邻安区瓮城巷12号',
  phone: '0990-6620099',
  walkMinutes: 7,
  openNow: false,
};

describe('a place is sent', () => {
  it('names what is near, and still takes a report from there', () => {
    const { replies, conversation } = hearOnce(newConversation(), location, sampleWorld({ nearby: [canteen] }));
    expect(replies).toEqual([
      '位置收到了。离您最近的服务点：\n' +
        '· 南门长者食堂，走路约 7 分钟（现在没开门）\n   邻安区瓮城巷12号，电话 0990-6620099\n' +
        '要反映这里的问题，直接说是什么情况就行。',
    ]);
    expect(conversation.kept?.place).not.toBeNull();
  });

  it('names places of the service on view', () => {
    const reading = play(['想找个食堂吃饭']).conversation;
    const [reply] = hearOnce(reading, location, sampleWorld({ nearby: [canteen] })).replies;
    expect(reply).toContain('离您最近的提供「老年助餐（长者食堂）」的地方：');
    expect(hearOnce(reading, location, sampleWorld({ nearby: [] })).replies[0]).toMatch(/没有找到.*可以打电话/);
  });

  it('is a report as before where nothing is known of what is near', () => {
    expect(hearOnce(newConversation(), location, sampleWorld()).replies[0]).toContain('这里有什么问题要反映吗');
  });

  it('four long names fit one reply', () => {
    const long = { ...canteen, name: '长'.repeat(60), address: '址'.repeat(120), phone: '0990-66200991-8001' };
    const { replies } = hearOnce(newConversation(), location, sampleWorld({ nearby: [long, long, long, long] }));
    expect(replies).toHaveLength(1);
    expect(Buffer.byteLength(replies[0] ?? '')).toBeLessThan(1_900);
  });
});
