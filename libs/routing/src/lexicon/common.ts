const often =
  '我 你 他 我们 你们 怎么 怎么办 什么 哪里 在哪 在哪里 谁 几 多少 多少钱 多久 什么时候 没有 有没有 有 不 不能 能 能不能 可以 可不可以 可以吗 要 要不要 想 需要 ' +
  '办 办理 申请 领 领取 查 查询 打印 登记 报名 报销 补贴 补助 缴费 补办 换 丢了 坏了 过期 到期 咨询 预约 了 吗 的 呢 是 在 去 到 给 和 也 还 都 就 又 太 很 ' +
  '这个 那个 这里 那里 家里 小区 社区 街道 老人 孩子 小孩 宝宝 爸爸 妈妈 爷爷 奶奶 老婆 丈夫 邻居 楼上 楼下 隔壁 晚上 半夜 白天 今天 明天 现在 每月 每年 每天 一直 经常';
const sometimes =
  '医保 社保 社保卡 身份证 户口 居住证 低保 养老 养老金 退休 残疾 残疾证 失业 工作 工资 房子 租房 公租房 公积金 电梯 电费 水费 水管 停水 停电 漏水 下水道 马桶 垃圾 噪音 ' +
  '吵 吵死了 投诉 举报 维修 物业 停车 违建 油烟 路灯 井盖 钥匙 钥匙忘带了 开锁 打扫 卫生 保姆 月嫂 快递 看病 外地 医院 疫苗 体检 上学 小学 读书 结婚 离婚 生育 怀孕 岁 岁了 ' +
  '你好 您好 在吗 谢谢 再见 好的 知道了 人工 转人工 找人工 客服 人工客服 真人 着火了 救命 救命啊 煤气泄漏 漏气 打架 报警 小偷 晕倒了 昏倒了 救护车 不想活了 掉河里了 走丢了 被困 触电';

/** Everyday words with how often they are to be expected, for reading pinyin where a catalogue is silent. */
export const commonWords: readonly (readonly [word: string, times: number])[] = [
  ...often.split(' ').map((word) => [word, 20] as const),
  ...sometimes.split(' ').map((word) => [word, 5] as const),
];
