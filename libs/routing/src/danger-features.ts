/** What dangers are made of. */
const harms: Readonly<Record<string, RegExp>> = {
  fire: /着火|着起来|火(?:苗|光|海|势|球|星|大|了)|[冒起失救打走放大]火|冒蓝火|烧|燃|着了|爆|炸/,
  smoke: /(?<![油香抽禁戒吸])烟|焦[糊味]|糊味/,
  gas: /氨气|阀门|煤气|燃气|天然气|液化气|瓦斯|气罐|一氧化碳|(?:漏|喷|泄)(?:气|出)|气味/,
  current: /电线|高压线|电缆|变压器|火花|触电|漏电|带电|电[倒死晕住]|插座/,
  stuck:
    /困|往下坠|停在半|拍门|锁我|[卡夹困关锁堵压埋套绞挂](?:住|在|进|着|死|到|了)|锁车|打不开,里面|里面还?有(?:人|个|两|几|老|孩)|反锁|出不[来去]|(?:拔|取|拿|抽|扯|弄)不[出下]|下不[来去]/,
  still:
    /不动|没动静|没反应|[不没](?:答)?应|[叫喊]不[醒应]|没声|不省人事|没(?:有)?(?:呼吸|心跳|脉搏|气|意识)|昏|晕|抽(?:搐|筋|风|过|起来|,)|浑身抽|翻白眼|白沫|吐沫|不吭|不吱声|栽倒|倒(?:在|地|下|了)|瘫|不行了|不醒/,
  blood: /血|骨头|断了|砍伤|扎[进穿]|[切割锯轧绞压]断|切掉|指头/,
  breath:
    /睁不开|休克|[脑心](?:梗|机梗)|身[子体]?(?:动不了|不听使唤)|麻,站|说胡话|喘|憋|窒息|噎|呛|胸|心口|心脏|发?[紫青乌黑]了|煞白|发[紫青乌白]|肿[^。]{0,4}(?:脸|眼|喉|嘴|气)|[脸面]肿|不到气|上不来气|冷汗|嘴歪|歪了|大舌头|麻木|发麻/,
  poison:
    /蛇|蜇|[咬伤]了|喝了[^,。]{0,2}草|嘴里冒|农药|老鼠药|耗子药|安眠药|敌敌畏|百草枯|中毒|毒|(?:吃|喝|吞)[^,。]{0,8}(?:药|菌|蘑菇|电池|硬币|洗)|误[食服吃]/,
  birth: /快出来了,来不及|羊水|要生|快生|见红|阵痛|大出血|孕妇|产妇|(?:水|羊水)破/,
  fall: /翻出|卷[进走]|插[进在]|拖着走|[溅泼]到|[掉摔跌坠滚栽滑跳冲](?:下|进|到|入|倒|落|伤|了)|坠楼|落水|砸[到中着伤]/,
  water: /冰窟|冰面|灌水|被水|河|江|湖|水库|鱼?塘|水里|井|淹|溺|洪|水[漫淹]|涨水/,
  height: /楼顶|天台|窗台|栏杆|护栏|桥上|阳台|高处|脚手架|空调外机/,
  collapse: /塌|垮|垮塌|滑坡|倒下来|掉下来|砸下来/,
  weapon: /刀|棍|斧|锤|钢管|砖头|汽油|炸弹|锄头|匕首/,
  violence:
    /惨叫|尸体|手榴弹|枪|猥亵|裤子|光着身|在摸|追[着孩人我]|拧[^,。]{0,4}门|砍|打[人我他她得死起伤妈爸孩老]|[在被]打|围着|掐|捅|绑|强奸|强暴|杀|劫|动手|往死里|弄死|威胁|逼/,
  break: /进人了|往(?:我)?[家屋]里挤|脚步声|翘门|撬|砸|踹|闯|翻[墙窗进]|小偷|贼|陌生|蒙面|强盗|抢/,
  follow: /跟踪|尾随|跟着我|跟了|锁了?门不让|不让[我走下出]|拉(?:上|着)|抱走|牵走|拐/,
  lost: /迷路|迷了路|离家出走|捡到[^,]{0,4}婴儿|不见|没回|找不[到着]|没找[到着]|丢了|走[丢失]|失踪|联系不上|打不通|关机|没影/,
  despair:
    /不想活|[想要]死|去死|自杀|遗书|割腕|割手|上吊|跳楼|跳[河江桥下]|轻生|活够|活着(?:没|太)|告别|再见|对不起|结束/,
  scam: /转[账走了]|汇款|打钱|骗|安全账户|公检法|共享屏幕/,
  cry: /救命|救护车|快报警|报警,?快|120快来|快叫120|快来人救/,
  crash: /撞|翻[车了]|侧翻|碾|轧|追尾|蹭倒|车祸|肇事/,
};

/** What is around a danger, or makes the same words harmless. */
const circumstances: Readonly<Record<string, RegExp>> = {
  help: /救|快来|快点|快派|赶紧|赶快|马上|快叫|来人|报警|消防|110|119|120|122/,
  now: /刚[才刚]|正在|现在|还在|突然|忽然|就在|一直在|这会/,
  person:
    /有人|人|孩|娃|宝宝|婴儿|老(?:人|太|头|爷|奶|伴|公|婆|爸|妈)|爸|妈|爷|奶|我|他|她|儿子|女儿|闺女|丈夫|工[人友]|司机|邻居|室友|大爷|大妈|姑娘|小伙/,
  fear: /怕|担心|万一|要是|如果|会不会|防止|预防|避免|隐患|危险|容易|差[点一]|险些|迟早/,
  past: /以前|之前|上[次回个]|去年|前年|上周|前[几天段]|昨天|昨晚|当年|那[次年]|后来|事后|已经|出院|住院|年前|月前|后遗症|[一二两三四五六七八九十几半0-9][多来]?个?(?:年|月|周|星期)/,
  paper:
    /报销|补[贴助偿]|津贴|申请|认定|鉴定|证|保险|赔|救助|抚恤|手续|材料|办理|登记|费|医保|工伤|低保|残疾|律师|打官司|调解|多少钱|政策|[能可]不[能可]/,
  question: /吗|怎么|如何|多少|哪里|哪儿|能不能|有没有|几点|什么|是不是|谁|么$|不$|没$/,
  story: /电影|电视|剧|小说|游戏|新闻|演[练习]|作文|手抄报|视频里|片子|球|看到|梦|《|股票|学习/,
  habit: /天天|老是|总是|经常|每[天次晚]|好几[次天]|[两三四五几多]次|没人管|物业|投诉|举报|管管|反映|整改|扰民|吵/,
  joke: /哈|笑死|热死|累死|困死|烦死|气死|急死|饿死|吓死|要命|救命稻草|救命钱|死我了/,
};
const harmSigns = Object.values(harms);
const circumstanceSigns = Object.values(circumstances);
const names = [...Object.keys(harms), ...Object.keys(circumstances)].map((name) => `!${name}`);

/** How many signs there are. */
export const dangerSignCount = names.length;

/** The signs of a text by number, in order; none where nothing speaks of harm. */
export function dangerSignsIn(text: string): number[] {
  const found: number[] = [];
  for (let at = 0; at < harmSigns.length; at += 1) if (harmSigns[at]?.test(text) === true) found.push(at);
  if (found.length === 0) return found;
  for (let at = 0; at < circumstanceSigns.length; at += 1) {
    if (circumstanceSigns[at]?.test(text) === true) found.push(harmSigns.length + at);
  }
  return found;
}

/** What a sign, or two of them together, are called as features: `!fire`, `!fire!now`. */
export function dangerNameOf(sign: number, other?: number): string {
  const name = names[sign] ?? '';
  return other === undefined ? name : name + (names[other] ?? '');
}

/** The signs of a text and each two of them together, as features; none where nothing speaks of harm. */
export function dangerFeaturesOf(text: string): string[] {
  const found = dangerSignsIn(text);
  const pairs = found.flatMap((one, at) => found.slice(at + 1).map((other) => dangerNameOf(one, other)));
  return [...found.map((one) => dangerNameOf(one)), ...pairs];
}
