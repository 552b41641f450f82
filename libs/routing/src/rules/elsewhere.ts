/** Cities, provinces and well-known districts people name when their matter belongs to another place. */
const places =
  '北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|成都|武汉|西安|郑州|长沙|青岛|济南|大连|沈阳|哈尔滨|长春|石家庄|太原|合肥|南昌|福州|厦门|泉州|南宁|海口|三亚|贵阳|昆明|拉萨|兰州|西宁|银川|乌鲁木齐|呼和浩特|宁波|温州|无锡|常州|佛山|东莞|珠海|中山|惠州|烟台|徐州|绍兴|嘉兴|金华|台州|南通|扬州|洛阳|唐山|保定|绵阳|德阳|南充|广安|遵义|桂林|柳州|香港|澳门|台湾|台北|' +
  '朝阳区|海淀|浦东|西湖区|天河|南山区|福田|武侯|锦江区|江北区|渝中|雨花区|岳麓|鼓楼区|河北省|山东省|河南省|广东省|四川省|浙江省|江苏省|湖南省|湖北省|福建省|云南省|贵州省|陕西省';
/** Streets and houses bear the names of cities: `重庆路的路灯`. */
const named = new RegExp(
  `(${places})(?![东南西北中]?(?:路|街|大道|巷|里|弄|大厦|小区|花园|广场|新城|银行|大学|桥|菜|饭|小吃))`,
  'g',
);
const link = new RegExp(
  '备案|异地|跨省|外地|外省|老家|转(来|到|去|回|过来|移|出|入|院|诊|学|走)|迁|来(这|咱|本)|过来|回来|接(来|过来)|带(来|过来)|医院|看病|住院|就医|治病|手术|打工|上班|工作|读书|上学|上大学|毕业|当兵|以前|之前|交的|交过|买的|嫁|娶|儿子|女儿|孩子在|爸妈在|父母在|寄|快递|搬|路$|路上|饭店|菜|烤鸭|小吃|户口(在|是)|户籍|回[^。]{0,3}老家',
);

/** Places that the catalogue itself speaks of; a matter there is no other city's. */
export function placesIn(text: string): string[] {
  return Array.from(text.matchAll(named), ([, place]) => place ?? '');
}

/** Tells whether a text asks about another city's matter, as `我住杭州，那边的托育怎么申请` does and `去上海看病怎么备案` does not. */
export function isElsewhere(text: string, ownPlaces: ReadonlySet<string>): boolean {
  const foreign = placesIn(text).filter((place) => !ownPlaces.has(place));
  const [place] = foreign;
  if (place === undefined || link.test(text)) return false;
  return new RegExp(
    `^${place}市?[一-龥]{1,4}[区县镇]|(我|人|家|现在|目前|长期)?(住|在|住在|人在|家在)${place}|(问|查|办|帮)[^。]{0,6}${place}|${place}(市|区|省|这边|那边|那里|当地|本地)?[^。]{0,14}(的|怎么|哪里|多少|能不能|可以|办|申请|政策|标准|户口|地铁|公交)`,
  ).test(text);
}
