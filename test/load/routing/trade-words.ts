const listed = (words: string): readonly string[] => words.trim().split(/\s+/);

/** Trades that need permits, none of which a resident of the demo would ask about. */
export const trades = listed(`
  烟花爆竹 危险化学品 民用爆炸物品 种畜禽 水产苗种 农药 兽药 饲料添加剂 林木种子 食用菌菌种 粮食收购 成品油 瓶装液化气
  电影放映 印刷 出版物 音像制品 网络文化 营业性演出 文物商店 旅行社 高危险性体育项目 游泳场馆 医疗器械 麻醉药品 放射诊疗
  消毒产品 化妆品生产 特种设备 压力容器 计量器具 检验检测 认证机构 道路货运 出租汽车 机动车维修 驾驶培训 船舶 港口 航道
  超限运输 建筑施工 房地产开发 工程监理 勘察设计 城市排水 取水 河道采砂 水土保持 矿产开采 地质勘查 测绘 排污 危险废物
  辐射安全 人力资源中介 劳务派遣 融资担保 小额贷款 典当 拍卖 直销 保安服务 印章刻制 旧货 报废机动车 生猪屠宰 盐业
`);

export const kinds = listed(
  '经营许可 生产许可 备案 资质认定 场所审查 从业资格 设备登记 安全评价 年度报告 运输许可 仓储许可 进出口核准',
);

export const actions = listed('新办 变更 延续 注销 补证 信息更正 暂停 恢复 撤销 查询 异议复核 换证 迁移 转让 抵押备案');

export const subjects = listed('企业 个体工商户 事业单位');

export const offices = listed(
  '区应急管理局 区农业农村局 区市场监督管理局 区交通运输局 区自然资源局 区生态环境局 区文旅局',
);
