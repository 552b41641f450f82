import { replyLimit, shorten } from './text';

/** What Linli says in general. Every sentence an old person reads: short, kind, one thing at a time. */

export const byDigit = '回复数字就行。';

/** A list to choose from, in about `room` characters. */
export function numbered(names: readonly string[], room = 330): string {
  const each = Math.max(4, Math.min(40, Math.floor(room / Math.max(1, names.length)) - 5));
  return names.map((name, index) => `${index + 1}. ${shorten(name, each)}`).join('\n');
}

/** A list without numbers, so that nobody takes it for a choice. */
export function bulleted(names: readonly string[]): string[] {
  return names.map((name) => `· ${name}`);
}

/** The sentence that always offers a human. */
export function wayOut(hotline: string): string {
  return `也可以回复「人工」找工作人员，或打电话 ${hotline}。`;
}

export function greeting(hotline: string): string {
  return `您好，我是邻里，您家门口的办事帮手。想办什么、要反映什么，直接说就行，像这样：\n${examples}\n随时可以回复：进度、帮助、人工。\n打电话 ${hotline} 也能找到我们。`;
}

const examples = '· 我妈八十多了，高龄津贴怎么领\n· 我家楼下路灯不亮\n· 办居住证要带什么';

export function help(hotline: string): string {
  return `我能帮您这几件事：\n· 问办事：要带什么、去哪办、多久办好\n· 在微信上直接申请\n· 反映身边的问题，可以发照片和位置\n· 约附近的服务：吃饭、理发、活动室\n· 看您的事办到哪一步\n直接说想办什么就行。随时可以回复：\n进度：看我的办件\n取消：不办了\n继续：接着办没办完的\n催办：催一催还在办的事\n重办：没解决的事重新办\n评价：给办过的事打分\n人工：找工作人员\n打电话 ${hotline} 也能找到我们。`;
}

export function notUnderstood(hotline: string): string {
  return `不好意思，我没听明白。您可以换个说法，像这样：\n${examples}\n${wayOut(hotline)}`;
}

export function noneOfThese(hotline: string): string {
  return `好的，那请您换个说法再告诉我，说说想办什么、遇到了什么事。\n${wayOut(hotline)}`;
}

export function noList(hotline: string): string {
  return `现在没有要选的。您想办什么，或者要反映什么，直接说就行。\n${wayOut(hotline)}`;
}

export function notOnList(count: number): string {
  return `请回复1到${count}的数字，或者直接说您想办什么。`;
}

export const thanked = '不客气。还有什么事，随时跟我说。';
export const courtesy = '我在呢。想办什么、要反映什么，用文字跟我说就行。';
export const tooLong = '这段话有点长，我看不过来。请用两三句话说说最要紧的事。';

export function emergency(call: string, advice: string): string {
  return `这件事很急，请马上拨打 ${call}！\n${shorten(advice, 300)}`;
}

export function emergencyOpen(form: string): string {
  return `您的${form}还留着，等没事了，回复「继续」接着办。`;
}

/** When the words may have been no more than the answer that was asked for. */
export const emergencyOrAnswer = '没有危险、只是在回答刚才的问题，就回复「是回答」。';

export const notHeard = '不好意思，这段语音我没听清。请打字告诉我，或者慢一点再说一遍。';
export const unreadable = '不好意思，视频和链接我看不了。请用文字说说是什么事，也可以发照片。';

export function pictureOfWhat(count: number): string {
  return `照片收到了${count > 1 ? `（一共${count}张）` : ''}。请问这是什么事？说一句就行，我先替您留着。`;
}

export function placeOfWhat(label: string): string {
  return `位置收到了${label === '' ? '' : `：${shorten(label, 60)}`}。这里有什么问题要反映吗？说说是什么情况，我就帮您报上去。`;
}

export function entryGone(hotline: string): string {
  return `这件事的办事指南正在调整，现在看不了。请过一会儿再问，${wayOut(hotline)}`;
}

export const listOpen = '好的。要看哪一样，回复数字就行；别的事也可以直接说。';
export const nothingOpen = '现在没有正在办的事。想办什么、要反映什么，直接说就行。';
export const closed = '好的。还有什么事，随时跟我说。';
export const laterIdle = '好的，什么时候想办，直接跟我说就行。';

export function cancelled(form: string): string {
  return `好的，您的${form}已经取消，什么都没有提交。还有什么事，随时跟我说。`;
}

export function kept(form: string): string {
  return `您的${form}还留着，回复「继续」接着办。`;
}

export function rested(form: string): string {
  return `好的，您的${form}我先留着，还没有提交。想接着办的时候，直接回答刚才的问题就行，或者回复「继续」。`;
}

export function remind(form: string): string {
  return `您的${form}还没有办完，要接着办吗？\n1. 继续\n2. 取消\n${byDigit}`;
}

export const forgotten = '您上次没办完的事隔得太久了，已经替您删掉，什么都没有提交。';

export function alsoWanted(names: readonly string[], none: string): string {
  return `您刚才还说到别的事，现在要看吗？\n${numbered([...names, none])}\n${byDigit}`;
}

export const notNow = '先不看';
export const noneName = '都不是';

export const humanName = '找工作人员';

const longestSaid = 14;

/** An entry with the words that made us think of it, where they are few. */
export function asSaid(name: string, said: string): string {
  return said === '' || said.length > longestSaid ? name : `${name}（您说的${said}）`;
}

/** With the question a language model worded, where one did. */
export function whichOne(names: readonly string[], question = '您说的是哪一件？'): string {
  return `${question}\n${numbered([...names, noneName])}\n${byDigit}`;
}

/** Asked twice and still not clear: a person is one of the answers. */
export function orSomebody(names: readonly string[]): string {
  return `不好意思，问了您两次，还没弄清。里面有您要的就选它，没有就让工作人员来帮您：\n${numbered([...names, humanName])}\n${byDigit}`;
}

/** A reply that surely fits. */
export function clipped(text: string): string {
  return shorten(text.trim(), replyLimit);
}
