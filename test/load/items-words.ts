import type { Random } from './items-random';

const subjects =
  '老年人 残疾人 退役军人 失业人员 高校毕业生 外来务工人员 困难家庭 单亲家庭 新生儿 学龄儿童 孤儿 孕产妇 个体工商户 小微企业 社会团体 民办幼儿园 民办学校 养老机构 托育机构 诊所 药店 餐饮店 食品作坊 理发店 物业公司 业主委员会 房屋租赁户 出租车司机 网约车司机 货运企业 施工单位 装修公司 农民专业合作社 养殖户 种粮大户 渔民 归侨侨眷 少数民族群众 流动人口 港澳居民'.split(
    ' ',
  );
const objects =
  '生活补贴 护理补贴 医疗救助 临时救助 住房补贴 公租房 居住证 户口登记 身份证明 就业登记 失业登记 创业贷款 技能培训补贴 社会保险 养老保险 医疗保险 工伤认定 生育津贴 优待证 抚恤金 丧葬补助 殡葬服务 婚姻登记 收养登记 出生证明 入学报名 转学手续 助学金 营业执照 食品经营许可 卫生许可 消防检查 排水许可 占道经营 户外广告 夜间施工 建筑垃圾处置 树木砍伐 道路挖掘 停车泊位 车辆年检 驾驶证 客运许可 货运许可 特种设备 计量检定 专利资助 文物保护 演出许可 体育场馆 法律援助 公证服务 人民调解 行政复议 档案查询 信访事项 环境评价 排污登记 节能改造 燃气报装 用水报装 用电报装 网络报装 电梯加装 危房鉴定 宅基地 土地流转 林木采伐 动物检疫 种子经营 农机补贴 水产养殖 取水许可 河道采砂 气象防雷 安全生产 烟花爆竹 危险化学品 民兵登记'.split(
    ' ',
  );
const actions =
  '申请 新办 变更 注销 补领 换领 延续 备案 审核 年度核验 资格确认 信息查询 证明开具 预约 缴费 退费 转移接续 异地办理 代办 投诉受理'.split(
    ' ',
  );
const themes =
  '生育收养 户籍办理 民族宗教 教育科研 就业创业 设立变更 准营准办 职业资格 行政缴费 婚姻登记 优待抚恤 规划建设 住房保障 社会保障 社会救助 证件办理 交通出行 旅游观光 出境入境 消费维权 公共安全 司法公证 知识产权 环保绿化 文化体育 公用事业 医疗卫生 离职退休 死亡殡葬 其他'.split(
    ' ',
  );

/** One row of a catalogue file, without a guide. */
export interface MadeEntry {
  readonly id: string;
  readonly kind: 'item' | 'service' | 'report';
  readonly name: string;
  readonly department: string;
  readonly category: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly keywords: readonly string[];
}

/** As many entries as asked for, each with a name of its own, the same for the same random numbers. */
export function makeEntries(count: number, departments: readonly string[], random: Random): MadeEntry[] {
  const all = subjects.length * objects.length * actions.length;
  // A step that shares no factor with the number of names visits each once.
  const step = 34_519;
  return [...Array(count).keys()].map((n) => {
    const at = (n * step) % all;
    const subject = subjects[at % subjects.length] ?? '';
    const object = objects[Math.floor(at / subjects.length) % objects.length] ?? '';
    const action = actions[Math.floor(at / subjects.length / objects.length)] ?? '';
    const near = random.pick(objects);
    return {
      id: `made-${String(n).padStart(6, '0')}`,
      kind: random.pick(['item', 'item', 'item', 'service', 'report'] as const),
      name: `${subject}${object}${action}`,
      department: random.pick(departments),
      category: random.pick(themes),
      aliases: [`${object}${action}`, `${subject}${action}${object}`, `${object.slice(0, 2)}${random.pick(actions)}`],
      summary: `${subject}想${action}${object}的，可以在这里办；和${near}一起办更方便，去之前先打电话问一问要带什么。`,
      keywords: [subject, object, near, random.pick(subjects), random.pick(actions)],
    };
  });
}

const traditional: Readonly<Record<string, string>> = Object.fromEntries(
  '补補 贴貼 养養 医醫 疗療 险險 证證 登登 记記 军軍 业業 儿兒 残殘 疾疾 务務 员員 户戶 设設 许許 营營 应應 办辦 预預 约約 缴繳 费費 审審 认認 开開 换換 领領'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);
const soundAlike: Readonly<Record<string, string>> = Object.fromEntries(
  '补捕 贴帖 养氧 医依 疗辽 险显 证正 登灯 记计 军均 业叶 残惨 助住 房防 居巨 申身 请情 办半 领岭 保宝 生声 活火 登等 失师 业页 培陪 训讯'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

const replaced = (text: string, by: Readonly<Record<string, string>>): string =>
  Array.from(text, (sign) => by[sign] ?? sign).join('');

type Spell = (text: string) => readonly string[];

const lettersOf = (text: string, spell: Spell): string =>
  spell(text)
    .map((one) => one.slice(0, 1))
    .join('');

/** Ways to ask for an entry by its whole name; `spell` gives one syllable for each sign. */
export const waysToAsk: Readonly<Record<string, (name: string, spell: Spell, random: Random) => string>> = {
  'the name': (name) => name,
  'the name in two parts': (name) => `${name.slice(5)} ${name.slice(0, 5)}`,
  'traditional script': (name) => replaced(name, traditional),
  'signs that sound alike': (name) => replaced(name, soundAlike),
  'one sign left out': (name, _spell, random) => {
    const at = 1 + random.below(name.length - 2);
    return name.slice(0, at) + name.slice(at + 1);
  },
  'full pinyin': (name, spell) => spell(name).join(''),
  'first letters': (name, spell) => lettersOf(name, spell),
  'signs, then pinyin': (name, spell) => name.slice(0, 4) + spell(name.slice(4)).join(''),
  'a sentence': (name) => `我想问一下${name}要怎么弄`,
};

/** How people type: mostly parts of names, some in letters, some with slips. */
export function askedFor(name: string, spell: Spell, random: Random): string {
  const from = random.below(Math.max(1, name.length - 5));
  const part = name.slice(from, from + 2 + random.below(5));
  const kind = random.below(20);
  if (kind < 9) return part;
  if (kind < 12) return spell(part).join('');
  if (kind < 14) return lettersOf(part, spell);
  if (kind < 15) return `${part.slice(0, 2)}${spell(part.slice(2)).join('')}`;
  if (kind < 17) return replaced(part, soundAlike);
  if (kind < 18) return replaced(part, traditional);
  return kind < 19 ? `${name.slice(0, 2)} ${name.slice(-2)}` : `我想问一下${name}要怎么弄`;
}
