/** The made-up person a resident is. */
export interface Persona {
  readonly name: string;
  /** Of someone over 65, with a right check sign. */
  readonly idNumber: string;
  readonly phone: string;
  readonly address: string;
}

/** What an answer meant for the conversation. */
export type Heard =
  | { readonly kind: 'on' }
  /** The conversation ended in this case. */
  | { readonly kind: 'case'; readonly number: string }
  /** Not what had to come; the conversation starts anew. */
  | { readonly kind: 'wrong'; readonly why: string };

type Step =
  | { readonly at: 'need' }
  | { readonly at: 'choosing' }
  | { readonly at: 'guide' }
  | { readonly at: 'question'; readonly place: number; readonly count: number }
  | { readonly at: 'confirm' }
  | { readonly at: 'lost' };

/** The item whose form is short: seven messages once the resident's subdistrict is known, eight the first time. */
export const item = '老年人免费乘车卡';
const needs = [
  '老人坐公交免费的卡怎么办',
  '我65了，坐公共汽车刷的那个老年卡搁哪儿办',
  '65周岁乘车优惠卡首次申请',
  '老人gongjiao卡办理',
  '我妈坐地铁还在投币，听说满65不要钱了',
];
const questionLine = /（第(\d+)题，共(\d+)题）(.*)/;
const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const givenNames = '秀兰桂英建国玉珍志强淑芬海燕永福春梅德明';
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

export function personaOf(seed: number): Persona {
  const pick = (text: string, at: number): string =>
    text.charAt((seed * 7 + at * 13 + Math.floor(seed / 20)) % text.length);
  const birthday = `19${40 + (seed % 18)}0${1 + (seed % 9)}${10 + (seed % 18)}`;
  const body = `510105${birthday}${String(seed % 1000).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return {
    name: pick(surnames, 1) + pick(givenNames, 2) + pick(givenNames, 3),
    idNumber: `${body}${'10X98765432'.charAt(sum % 11)}`,
    phone: `139${String(10_000_000 + (seed % 80_000_000))}`,
    address: `桂花路${1 + (seed % 200)}号${1 + (seed % 6)}单元${101 + (seed % 500)}室`,
  };
}

/** One resident's side of a conversation that ends in a case: says what comes next, and holds every answer to what it must be. */
export class Talk {
  private step: Step = { at: 'need' };
  private held = 0;
  private next: string;

  constructor(private readonly persona: Persona) {
    this.next = this.need();
  }

  /** What the resident says now. */
  get words(): string {
    return this.next;
  }

  /** Whether the words now said open a case when they are heard. */
  get isSubmitting(): boolean {
    return this.step.at === 'confirm';
  }

  hear(answer: string): Heard {
    const { step } = this;
    switch (step.at) {
      case 'need':
      case 'choosing':
        return this.afterNeed(answer, step.at);
      case 'guide':
        return this.question(answer, 1, null);
      case 'question':
        return step.place === step.count ? this.summary(answer) : this.question(answer, step.place + 1, step.count);
      case 'confirm':
        return this.receipt(answer);
      case 'lost':
        this.begin();
        return { kind: 'on' };
    }
  }

  /** What was said went unheard, or came to nothing: drop whatever is open and start anew. */
  giveUp(): void {
    this.step = { at: 'lost' };
    this.next = '取消';
  }

  private begin(): void {
    this.step = { at: 'need' };
    this.next = this.need();
  }

  private need(): string {
    this.held += 1;
    return needs[(this.held + Number(this.persona.phone)) % needs.length] ?? item;
  }

  private go(step: Step, words: string): Heard {
    this.step = step;
    this.next = words;
    return { kind: 'on' };
  }

  private wrong(expected: string, answer: string): Heard {
    const why = `expected ${expected} after 「${this.next}」, got: ${answer.slice(0, 120).replaceAll('\n', ' / ')}`;
    this.giveUp();
    return { kind: 'wrong', why };
  }

  private afterNeed(answer: string, at: 'need' | 'choosing'): Heard {
    const apply = lineOf(answer, '现在就申请');
    if (apply && answer.includes(item)) return this.go({ at: 'guide' }, apply);
    const ours = lineOf(answer, item);
    if (at === 'need' && ours) return this.go({ at: 'choosing' }, ours);
    return this.wrong('the guide of the item', answer);
  }

  private question(answer: string, place: number, count: number | null): Heard {
    const found = questionLine.exec(answer);
    const ask = found?.[3] ?? '';
    if (Number(found?.[1]) !== place || (count !== null && Number(found?.[2]) !== count))
      return this.wrong(`question ${place}${count === null ? '' : ` of ${count}`}`, answer);
    return this.go({ at: 'question', place, count: Number(found?.[2]) }, this.answerTo(ask));
  }

  private answerTo(ask: string): string {
    const { name, idNumber, phone, address } = this.persona;
    if (ask.includes('身份证号')) return idNumber;
    if (ask.includes('名字')) return name;
    if (ask.includes('电话')) return phone;
    if (ask.includes('住在哪里')) return address;
    return '1';
  }

  private summary(answer: string): Heard {
    const send = lineOf(answer, '提交');
    if (!send || !answer.includes(this.persona.name)) return this.wrong('the summary', answer);
    return this.go({ at: 'confirm' }, send);
  }

  private receipt(answer: string): Heard {
    const number = /办件编号：(\d+)/.exec(answer)?.[1];
    if (number === undefined || !answer.includes(item)) return this.wrong('a case number', answer);
    this.begin();
    return { kind: 'case', number };
  }
}

/** The digit in front of a choice. */
function lineOf(answer: string, choice: string): string | null {
  const line = answer.split('\n').find((one) => /^\d+\. /.test(one) && one.includes(choice));
  return line ? line.slice(0, line.indexOf('.')) : null;
}
