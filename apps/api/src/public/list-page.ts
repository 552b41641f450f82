import { escapeXml, listTitles, type ListHead, type ListName, type ListTable } from '@linli/catalogue';
import type { LocalDate } from '@linli/kernel';
import { plainPage } from './plain-page';

/** A page of a list as it came from the catalogue. */
interface Shown extends ListHead {
  readonly pending: number;
  readonly nextCursor: string | null;
}

/** What was asked for. */
interface Asked {
  readonly name: ListName;
  readonly day: LocalDate | null;
  readonly limit: number;
}

/** A public list for whoever opens its address in a browser: plain HTML that needs no script. */
export function listPage(list: Shown, { title, header, rows }: ListTable, asked: Asked): string {
  const others = Object.entries(listTitles)
    .filter(([name]) => name !== asked.name)
    .map(([name, words]) => `<a href="${name}">${words}</a>`);
  return plainPage(title, [
    `<p>${standing(list, asked)}</p>`,
    `<p>其他清单：${others.join('　')}　<a href="${asked.name}?${queryOf(asked, { as: 'csv' })}">下载全部（CSV 表格）</a></p>`,
    `<form method="get"><label>查看某一天的清单 <input type="date" name="on" value="${asked.day ?? ''}"></label> <button type="submit">查看</button></form>`,
    rows.length === 0 ? '<p>这个清单里还没有事项。</p>' : tableOf(header, rows),
    ...(list.nextCursor === null
      ? []
      : [`<p><a href="${asked.name}?${queryOf(asked, { cursor: list.nextCursor })}">下一页</a></p>`]),
  ]);
}

function standing({ revision, asOf, pending }: Shown, { day }: Asked): string {
  if (asOf === null) return day ? `${day} 这一天还没有公布清单。` : '清单还没有公布。';
  const when = day ? `${day} 当天的清单，自 ${asOf} 起如此。` : `第 ${revision ?? ''} 版，自 ${asOf} 起如此。`;
  return pending > 0 ? `${when}另有 ${pending} 项的公示内容还不完整，补齐后列入。` : when;
}

function tableOf(header: ListTable['header'], rows: ListTable['rows']): string {
  const cell = (value: string | number): string => escapeXml(String(value)).replaceAll('\n', '<br>');
  return [
    '<table border="1">',
    `<tr>${header.map((words) => `<th scope="col">${cell(words)}</th>`).join('')}</tr>`,
    ...rows.map((row) => `<tr>${row.map((value) => `<td>${cell(value)}</td>`).join('')}</tr>`),
    '</table>',
  ].join('\n');
}

function queryOf({ day, limit }: Asked, more: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams({ ...(day ? { on: day } : {}), limit: String(limit), ...more });
  return escapeXml(query.toString());
}
