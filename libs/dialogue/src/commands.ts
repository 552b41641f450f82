import { fold } from './text';

/** Words that mean the same at any moment, or in the mode that knows them. */
export type Command =
  | 'progress'
  | 'cancel'
  | 'human'
  | 'help'
  | 'continue'
  | 'later'
  | 'rate'
  | 'correct'
  | 'remind'
  | 'reopen'
  | 'back'
  | 'skip'
  | 'done'
  | 'more'
  | 'home'
  | 'wasAnswer'
  | 'acceptOffer'
  | 'checkIn'
  | 'move'
  | 'leaveWait';

const table: Readonly<Record<Command, string>> = {
  progress:
    '进度 查进度 查询进度 查看进度 看进度 办件进度 办理进度 我的进度 我的办件 查办件 办件查询 办到哪了 办到哪一步了 到哪一步了 办得怎么样了',
  cancel: '取消 取消申请 取消办理 不办 不办了 不填了 不报了 不申请了 退出 放弃 算了 结束',
  human: '人工 转人工 人工服务 人工客服 找人工 我要人工 客服 工作人员 找工作人员 真人 找真人',
  help: '帮助 帮助菜单 菜单 功能 怎么用 使用说明 你能做什么 您能做什么 你会什么 help',
  continue: '继续 继续填 继续办 继续申请 接着填 接着办 接着来',
  later:
    '稍后 稍后再填 稍后再说 等会 等会儿 等一下 等一会 等一会儿 等等 待会 待会儿 晚点 晚点再说 明天再填 明天再说 明天再办 以后再说 回头再填 回头再说 先放着',
  rate: '评价 我要评价 去评价 打分 评分',
  correct: '补正 补材料 补交 补交材料',
  remind: '催办 催一下 催一催 催催 帮我催办 催办一下',
  reopen: '重办 要求重办 申请重办 重新办理 我要重办',
  back: '上一步 上一题 上一个 返回 返回上一步 回上一步 退回 返回列表',
  skip: '跳过 没有 没 无 不发 不用 不用了 不需要 没照片 没有照片 不拍',
  done: '完成 好了 发完了 完了 就这些 就这样 没了 补完了 发好了',
  more: '更多 下一页 继续看 还有吗 往下看',
  wasAnswer: '是回答 是在回答 只是回答 刚才是回答 我在回答',
  acceptOffer: '预约 确认预约 我要预约 确认位子',
  checkIn: '签到 我要签到 现场签到 我来签到 我到现场了 我已经到现场了',
  move: '改期 改时间 改预约 改约 换个时间 预约改期',
  leaveWait: '取消候补 取消排队 不排了 不排队了 不候补了',
  home: '回到邻里 返回邻里 回邻里 找邻里 邻里',
};

const byWord = new Map<string, Command>(
  (Object.entries(table) as [Command, string][]).flatMap(([command, words]) =>
    words.split(' ').map((word): [string, Command] => [word, command]),
  ),
);

/** The command a text is, as a whole; null when it says anything else. */
export function commandOf(text: string): Command | null {
  const said = fold(text);
  return (
    byWord.get(said) ??
    byWord.get(said.replace(/^(?:请|那就|那|我要|帮我)|(?:吧|啊|呀|哦|嘛|啦|一下|谢谢)$/g, '')) ??
    null
  );
}

const yes =
  /^(?:是|是的|是啊|对|对的|对呀|嗯|嗯嗯|好|好的|好吧|可以|行|确定|确认|没错|没问题|要|要的|同意|愿意|有|有的|当然|ok|yes|y)$/;
const no = /^(?:不|不是|不是的|否|不要|没有|没|不对|不行|不可以|不同意|不愿意|不用|不了|无|no|n)$/;
const unsure = /不(?:知道|清楚|确定|一定|明白|懂|记得|太)|没(?:听|看|想)/;

/** Whether the text says yes or no; null when it says neither. */
export function yesOrNo(text: string): boolean | null {
  const said = fold(text).replace(/(?:吧|啊|呀|呢|哦|嘛|啦)$/, '');
  if (yes.test(said)) return true;
  if (no.test(said)) return false;
  if (said.length > 12 || unsure.test(said)) return null;
  if (/^(?:不|没|否)/.test(said)) return false;
  return /^(?:是|对|有|确定|确认|可以|同意|愿意)/.test(said) && !/不|没|吗|否/.test(said) ? true : null;
}

/** Whether the text only greets. */
export function isGreeting(text: string): boolean {
  return /^(?:你好|您好|在吗|在不在|有人吗|你是谁|您是谁|早上好|上午好|中午好|下午好|晚上好|喂|嗨|哈喽|hi|hello)+[啊呀吗]?$/.test(
    fold(text),
  );
}

/** Whether the text only says that it was heard. */
export function isAcknowledgement(text: string): boolean {
  return /^(?:好的|好|嗯|哦|噢|知道了?|明白了?|收到|看到了?|ok|行|可以|了解了?)+$/.test(fold(text));
}

/** Whether the text only thanks or agrees. */
export function isThanks(text: string): boolean {
  const said = fold(text);
  const courtesy = '谢谢|多谢|感谢|辛苦|谢|好的|好|知道|明白|收到|嗯|哦|ok|行|可以|没事|再见|拜拜';
  return new RegExp(`^(?:${courtesy})(?:${courtesy}|你们|您们|你|您|了|啊|呀)*$`).test(said);
}
