import { spell } from '../syllables';
import { bareOf } from './bare';

const advertisement =
  /【[^】]{1,16}】.*(http|www|来电|热线|欢迎|[0-9一二三四五六七八九]折|开业|电话|点击|退订|砍|优惠|红包|下载|券|贷|中奖|抽奖|秒杀|特价|拼)|回复?(t|td|退订)|退订回|砍一刀|帮我砍|帮(我|忙)[^。]{0,4}(助力|点一下链接|投一票|投票)|速联|(高价|大量|长期|低价)(收购|回收|出售|代办|求购)[^。]{0,12}(卡|证|账号|烟酒|名烟|发票)|收购[^。]{0,10}(卡|证|账号)|(加|添加)[^。]{0,3}(微信|v信?|vx|wx|薇|威信|q{1,2}|扣扣|群)[^一-龥]{0,3}[a-z0-9]{4,}|(月|日)(入|赚)(过万|上万|[0-9]+)|(招|做|兼职)[^。]{0,8}日结|日结[0-9]+|刷单|(在家|手机|打字|抄写|宝妈)[^。]{0,6}兼职|兼职[^。]{0,10}(元|块|结算|日结)|无抵押|免抵押|秒到账|秒批|(当天|当日|极速|快速)(放款|下款)|不看征信|黑户可(贷|做)|恭喜(您|你)[^。]{0,8}(中|获|被)|中奖[^。]{0,10}(领|联系|点击)|点击(下方)?链接|(扫码|扫一扫)[^。]{0,6}(进群|加微信|加群)|代开发票|发票代开|开发票\S{0,4}(电话|联系|[0-9])|(代办|办理)[^。]{0,10}(包过|不成功不收费|联系电话|电话1)|(?<!面)包过(?![期敏来去夜节])|内部(渠道|名额)|男科|壮阳|增高药|减肥茶|博彩|真人(荷官|百家乐)|百家乐|注册(就|即)?送|充值返|下注(平台|网站|送|地址)|彩金|稳赚|带你(赚|飞)|跟单|荐股|牛股|招商加盟|加盟(热线|电话)|加盟[^。]{0,8}(咨询|赚钱)|转发[^。]{0,12}(群|好友|朋友圈)|不转不是|限时(抢购|特惠|秒杀)|全场[0-9一二三四五六七八九]折|清仓(价|甩卖|特价)|原价[0-9]+|包邮|代写论文|论文代写|刻章办证|办证[^。]{0,6}[0-9]{6,}|广告位招租|[0-9一二三四五六七八九十百]+元起|[修洗通装运][^。]{0,6}联系电话$|代理记账|(贷款|用钱)找我|(出售|高价|低价|回收)[^。]{0,14}(手机号|电话|微信)|收徒|算命大师|风水大师|^(?:出租|出售|转让|招租|求购|诚聘|急招|高薪招聘|旺铺)[:!, ]|拎包入住|看房(?:联系|电话)|首充|荷官|名额有限|(?:详询|详谈|咨询)[^。]{0,4}(?:微信|电话|热线|v)|买[0-9一二三四五六七八九十]+送[0-9一二三四五六七八九十]|无效退款|祖传秘方|火热招生|新店开业|本店新|高价上门|诚招|薪资面议|包教包会|免费试听[^。]{0,10}(?:电话|扫码|加|联系)/;
/** A number to call and what a trade praises itself with, and nobody who asks: an advertisement in other words. */
const telephone = /(?<!\d)(?:1[3-9]\d{9}|400-?\d{3}-?\d{4}|0\d{2,3}-\d{7,8})(?!\d)/;
const praise =
  /专业|上门|24小时|承接|低价|特价|优惠|欢迎|来电|致电|联系电话|高价|长期|批发|品质|正规|持证|经验丰富|价格|收费合理|招|租|售|转让|热线/;
const asks = /我|俺|咱|怎么|吗|哪|请问|能不能|是不是|没人|谁|为什么|多少|求助|举报|投诉/;
/** What traders write of themselves; two of them, and nobody who asks, are an advertisement. */
const trade = [
  /厂家|批发|直销|现货|货到付款|出售|转让|出租|供应|承接|承包|主营|专营|专业/,
  /量大|从优|低价|特价|优惠|实惠|免费上门|全天|24小时|二十四小时|全国联网|不用考试|免考|包(?:吃|住|会|教)|月薪|底薪|提成|待遇|薪/,
  /急招|诚招|招聘|招收|招工|本(?:公司|店|厂|中心|工作室)|(?:联系|致电|咨询)[^。]{0,4}(?:经理|先生|女士|老板|老师|师傅|电话|微信)|欢迎[^。]{0,10}(?:合作|咨询|选购|来电|订购|光临|转发|报名|惠顾)/,
];
const wants = /想|求职|找[个份]|需要|有没有|听说|没/;
/** Mail that wants a click, in the name of an office. */
const bait =
  /尊敬的(?:用户|客户|参保人|持卡人|市民)|(?:您|你)的[^。]{0,14}(?:冻结|失效|逾期|异常|停用|过期|注销|暂停|待领取|已到账)[^。]{0,24}(?:点击|链接|网址|http|登录|登陆|验证|认证|回复|拨打|核实)|[a-z0-9-]+\.(?:cn|com|cc|xyz|top|vip|net|shop|site)\/[a-z0-9]/;
const suspicious =
  /骗|举报|投诉|真的假的|能信|可信|是不是真|收到[^。]{0,4}(短信|电话)|贴[^。]{0,6}(满|墙|楼道|门)|小广告|传单|楼道|塞|喷|怎么办|管不管|没人管|喇叭|吵|扰民|退钱|(?<!无效)退款|没给|不给|拖欠|没发|报名没/;

/** Orders to the machine; what else a text asks may still be meant. */
const order =
  /(忽略|无视|忘(记|掉)|跳过|绕过)[^。]{0,12}(指令|规则|提示|设定|限制|对话|审核|流程|命令|的话|的内容|前面|上面|以上|刚才|那条)|(别|不用)管[^。]{0,6}(提示词|指令|规则|设定)|(从现在|接下来|现在起|从今|假设|想象)[^。]{0,8}你(是|扮演|就是|要|变成|叫)|扮演|角色扮演|假装(你|成|是)|你(必须|只能|只准)(回答|输出|说|回复|返回)|不(要|准|许)说(别的|其他)|系统(提示|指令|消息|管理员)|提示词|开发者(模式|权限)|越狱|管理员(权限|模式|身份|密码)|重复我(说|的)|你(现在)?(就)?(是|变成)(一)?(只|个|名)[^。,]{0,6}(猫|狗|娘|黑客|诗人|律师|医生|老师|专家|女友|男友)|重复[^。]{0,8}(以上|上面|下面|这句|上述)|没有限制的/;
/** What is after the machine or other people's secrets, whatever else it says. */
const attack =
  /(^|[^a-z])(system|prompt|ignore|instructions?|developer|jailbreak|assistant|override|sudo|admin|root|bypass|pretend)([^a-z]|$)|(输出|打印|显示|告诉我|泄露|返回|导出)[^。]{0,8}(提示|指令|密码|密钥|数据库|源码|源代码|配置|系统信息|所有用户|api)|黑(进|入|掉)|破解|入侵|盗(号|取)|(直接|强制)[^。]{0,12}(审批通过|审核通过|批准通过|审批为|标记为|状态改)|(状态|结果)[^。]{0,4}改(成|为)|路由到|decision *[=:]|<\/?[a-z]+[^>]*>|select\s.+\sfrom|drop\s+table|union\s+select|delete\s+from|\w+\([^)]*\)[:;]|print ?\(|console\.log|range\(|#include|def [a-z_]+\(|=>|or\s+1=1|\{\{|\}\}|\{"|\.\.\/|eval\(|rm -rf|base64|(把|导出|列出|打印|查询?)[^。]{0,8}(所有|全部)[^。]{0,12}(名单|姓名|资料|信息|电话|手机号|住址|账号)|(名单|用户资料)[^。]{0,4}(发给我|导出|给我)|把[^。]{0,10}(别人|其他人|所有人|他人|所有居民|邻居)的?[^。]{0,8}(信息|资料|电话|身份证号|住址)[^。]{0,6}(发|给我|告诉|列|调)/;

const newspaper = [
  /近日|日前|连日来|本报讯|[0-9]+日[,，]/,
  /通讯员|记者|来源[:：]|据悉|据了解|供稿/,
  /组织开展|开展了?[^。]{0,14}(活动|宣传|行动)|召开[^。]{0,10}(会|大会|会议)|圆满(结束|成功|举行|落幕)|活动(现场|当天|期间|中)/,
  /一致好评|广泛好评|深受[^。]{0,6}(欢迎|好评)|取得[^。]{0,8}(成效|效果)|营造[^。]{0,10}氛围|切实(提高|提升|增强)|进一步(提升|推进|增强|加强)|获得感|幸福感|走访慰问|志愿者[^。]{0,8}(走进|走访|向居民)/,
  /为(深入|全面|认真)?(贯彻|落实|弘扬|丰富|进一步)|在[^。]{0,10}(指导|带领|支持)下/,
] as const;

/** A headline or a warm report: who acts, what they do in the words of reports, and how fine it is. */
const headline = [
  /社区|街道|居委会|党员|党支部|党群|志愿者|网格员|居民们|老人们|长者|辖区|小区/,
  /创新|打造|赋能|助力|聚焦|推进|构建|探索|举办|举行|开展|启动|召开|走进|慰问|点赞|——记|守护|携手|共建|共筑|护航|架起|送上|送来|送到|为老人们|书写|绘就|让[^。]{2,14}(?:更|变|有|换)/,
  /新颜|新风|新篇|暖|幸福|温度|好日子|实效|成效|气氛|氛围|热气腾腾|欢声|笑容|笑脸|其乐融融|好评|赞誉|惠及|零距离|最后一(?:公里|米)|连心|[“"][^”"]{2,12}[”"](?:模式|机制|品牌|工程|行动)|[“"][^”"]{2,12}[”"]——/,
] as const;
/** Whoever misses or wishes something writes no headline. */
const wishing =
  /[?]|吗|怎么|哪|请问|请求|恳请|希望|盼|能不能|为什么|为何|啥|谁|我(?!区|市|街道|社区)|俺|咱|本人|没(?!有?了)|不(?!断|少|仅|忘|负)|坏|差|吵|臭|堵|投诉|举报|反映/;

const abuse =
  /去你(妈|娘|大爷|奶奶)的?|(操|草|艹|日|干|肏)(你|尼|他)(妈|娘|大爷|全家)?的?|你(他)?妈(的|逼|死)|他妈的?|妈了个?(巴子|逼)|妈的|tmd|nmd|nmsl|cnm|sb|傻(逼|比|x|叉|缺|瓜|子)|煞笔|沙雕|弱智|脑残|脑子(有病|进水)|王八蛋|混蛋|狗(东西|日的|娘养的|屁|腿子)|畜生|^垃圾$|滚(蛋|开|远点|出去)|^滚|废物|饭桶|白痴|蠢货|蠢猪|贱人|死全家|全家死|吃屎|放屁|狗屁|什么(破|烂|鬼|垃圾|狗屁)(系统|玩意儿?|东西|公众号|机器人|平台|软件)?|(破|烂|垃圾)(系统|公众号|机器人|平台|软件|街道|社区|政府|东西|玩意)|骗子(公众号|平台|系统|机构)?$|不得好死|神经病/g;
const addressed = /你们?|这个|公众号|系统|机器人|的|都|就|是|真|吧|啊|呀|个|一群|什么|政府|街道|社区|们|了|不|办/g;

function repeats(text: string): boolean {
  const few = Math.max(text.length >= 5 ? 2 : 0, text.length >= 12 ? Math.min(text.length / 5, 15) : 0);
  const distinct = new Set<string>();
  for (const character of text) if (distinct.add(character).size > few) return false;
  return true;
}

function isAbuse(text: string): boolean {
  const rest = text.replace(abuse, '');
  if (rest.length === text.length) return false;
  return rest.replace(addressed, '').replace(/[^\p{Script=Han}]/gu, '').length <= 5;
}

function isAdvertisement(text: string): boolean {
  if (suspicious.test(text)) return false;
  if (advertisement.test(text) || bait.test(text)) return true;
  if (asks.test(text)) return false;
  if (telephone.test(text) && praise.test(text)) return true;
  return !wants.test(text) && trade.filter((sign) => sign.test(text)).length >= 2;
}

/** Copied matter that asks for nothing: advertisements, attacks on the machine, newspaper copy. `text` is plain but not yet read as pinyin. */
export function isPrinted(text: string): boolean {
  if (isAdvertisement(text) || attack.test(text)) return true;
  if (text.length >= 20 && newspaper.filter((sign) => sign.test(text)).length >= 2) return true;
  return text.length >= 12 && !wishing.test(text) && headline.every((sign) => sign.test(text));
}

/** The clauses of a text that give orders to the machine; none when it gives none. */
export function ordersIn(text: string): (readonly [start: number, end: number])[] {
  if (!order.test(text)) return [];
  return Array.from(text.matchAll(/[^,。!?;]+[,。!?;]*/g))
    .filter(([clause]) => order.test(clause))
    .map(({ index, 0: clause }) => [index, index + clause.length]);
}

/** Whether a text in Latin letters is mostly no pinyin: English, code. */
function isForeign(text: string): boolean {
  if (/\p{Script=Han}/u.test(text)) return false;
  const words = text.match(/[a-z]+/g) ?? [];
  return words.length >= 3 && words.filter((word) => spell(word) === null).length >= 0.4 * words.length;
}

/** What is no language at all, and abuse without a matter. `text` is plain but not yet read as pinyin. */
export function isNoise(text: string): boolean {
  const bare = bareOf(text);
  return bare === '' || /^\d+$/.test(bare) || repeats(bare) || isForeign(text) || isAbuse(text);
}
