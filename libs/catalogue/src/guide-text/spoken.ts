const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** Figures one by one: phones, years, numbers of papers. */
export function digitByDigit(figures: string): string {
  return Array.from(figures, (one) => digits[Number(one)] ?? '').join('');
}

/** A whole number below 100,000,000 as it is said. */
export function numberAloud(number: number): string {
  if (number >= 10_000) {
    const rest = number % 10_000;
    const gap = rest > 0 && rest < 1000 ? '零' : '';
    return `${numberAloud(Math.floor(number / 10_000))}万${rest === 0 ? '' : gap + numberAloud(rest)}`;
  }
  if (number < 10) return digits[number] ?? '';
  const said = [1000, 100, 10, 1]
    .map((unit, at) => {
      const digit = Math.floor(number / unit) % 10;
      return digit === 0 ? '零' : `${digits[digit] ?? ''}${['千', '百', '十', ''][at] ?? ''}`;
    })
    .join('')
    .replace(/^零+|零+$/g, '')
    .replace(/零+/g, '零');
  return said.replace(/^一十/, '十');
}

function quantityAloud(figures: string): string {
  const [whole = '0', part] = figures.replaceAll(',', '').split('.');
  const number = Number(whole);
  // More digits than anybody counts are read one by one.
  const said =
    whole.length > 8 || (whole.length > 1 && whole.startsWith('0')) ? digitByDigit(whole) : numberAloud(number);
  return part === undefined ? said : `${said}点${digitByDigit(part)}`;
}

function timeAloud(hour: number, minute: number): string {
  const part = hour < 6 ? '凌晨' : hour < 12 ? '上午' : hour === 12 ? '中午' : hour < 18 ? '下午' : '晚上';
  const shown = hour > 12 ? hour - 12 : hour;
  const minutes = minute === 0 ? '' : minute === 30 ? '半' : `${minute < 10 ? '零' : ''}${numberAloud(minute)}分`;
  return `${part}${shown === 2 ? '两' : numberAloud(shown)}点${minutes}`;
}

const measureWords = '个份次天人件年级家月页张元';

/** Short forms and Latin words that are said in full. */
const inFull: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/APP|App/g, '手机软件'],
  [/\bIC卡/g, '芯片卡'],
  [/PDF/g, '电子文件'],
  [/人社(?=局|部门|窗口)/g, '人力资源和社会保障'],
  [/医保(?=局|部门)/g, '医疗保障'],
  [/卫健(?=局|委)/g, '卫生健康'],
  [/市监(?=局)/g, '市场监督管理'],
  [/住建(?=局)/g, '住房和城乡建设'],
  [/退役军人局/g, '退役军人事务局'],
  [/㎡|m²/g, '平方米'],
  [/km/g, '公里'],
  [/℃/g, '摄氏度'],
];

const pair = (text: string): number => Number(text);

/** Letters and figures made half width; Chinese marks stay. */
function halfWidth(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ％]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

/** A line as a voice reads it: no brackets and signs, short forms in full, figures, dates and times in words. */
export function aloud(line: string): string {
  let said = halfWidth(line).replace(/^·\s*/, '');
  for (const [pattern, words] of inFull) said = said.replace(pattern, words);
  said = said
    .replace(
      /[〔[](\d{4})[〕\]]\s*(\d+)号/g,
      (_, year: string, number: string) => `${digitByDigit(year)}年${numberAloud(pair(number))}号`,
    )
    .replace(/(\d{4})-0?(\d{1,2})-0?(\d{1,2})(?!\d)/g, '$1年$2月$3日')
    .replace(/(\d{4})年/g, (_, year: string) => `${digitByDigit(year)}年`)
    .replace(/(?<!\d)([01]?\d|2[0-4]):([0-5]\d)(?!\d)/g, (_, h: string, m: string) => timeAloud(pair(h), pair(m)))
    .replace(
      /(?<![\d.])(0\d{2,3}-?\d{7,8}|1\d{10}|12345|1[12]\d|12\d{3}|9\d{4}|400-?\d{3}-?\d{4})(?![\d.元天个人份%])/g,
      phoneAloud,
    )
    .replace(/(\d+(?:\.\d+)?)%/g, (_, number: string) => `百分之${quantityAloud(number)}`)
    .replace(new RegExp(`(?<![\\d.])2(?=[${measureWords}])(?!年[^内]|月|级)`, 'g'), '两')
    .replace(/(\d)\s*[—–~～-]+\s*(?=\d)/g, '$1到')
    .replace(/\d[\d,]*(?:\.\d+)?/g, (figures) => quantityAloud(figures));
  return withoutSigns(said);
}

function phoneAloud(phone: string): string {
  return phone
    .split('-')
    .map((part) => digitByDigit(part))
    .join('，');
}

function withoutSigns(text: string): string {
  return text
    .replace(/[—–~～]+/g, '到')
    .replace(/[()（）[\]【】〔〕]/g, '，')
    .replace(/[《》「」“”"'‘’·]/g, '')
    .replace(/\//g, '或者')
    .replace(/[;；:：,]/g, '，')
    .replace(/\s+/g, '')
    .replace(/^[，、]+/, '')
    .replace(/[，、]+(?=[，、。])/g, '')
    .replace(/[，、]+$/, '');
}
