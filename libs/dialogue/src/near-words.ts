import { shorten } from './text';
import type { NearbyPlace } from './world';

/** The places near one a resident sent, with how to come to a report from there; not numbered, for a digit answers another list. */
export function nearby(service: string | null, places: readonly NearbyPlace[], hotline: string): string {
  const report = '要反映这里的问题，直接说是什么情况就行。';
  const what = service === null ? '服务点' : `提供「${shorten(service, 30)}」的地方`;
  if (places.length === 0)
    return `位置收到了。走路 15 分钟以内没有找到${what}，可以打电话 ${hotline} 问问。\n${report}`;
  const lines = places.map(
    (place) =>
      `· ${shorten(place.name, 20)}，走路约 ${place.walkMinutes} 分钟${place.openNow ? '' : '（现在没开门）'}\n` +
      `   ${[shorten(place.address, 26), place.phone].filter((part) => part !== '').join('，电话 ')}`,
  );
  return `位置收到了。离您最近的${what}：\n${lines.join('\n')}\n${report}`;
}
