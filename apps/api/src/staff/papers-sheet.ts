import type { Column, Content } from 'pdfmake/interfaces';
import type { IssuedPaper, TransferSlip } from '@linli/casework';
import type { PdfSheet } from '@linli/platform';
import { dayAndTime, dayInWords, dispatchStates, sourceWords, stateWords } from './papers-words';

const colours = { heading: '#0b5394', shade: '#eef3f8', muted: '#444444' } as const;
const pageSides = 56;
const size = 13;
const codeWidth = 92;
/** Rows that stay together, and of longer tables those that stay with the heading. */
const keptRows = 10;
const headRows = 3;

/** What a paper leads to when somebody scans it. */
export interface PrintedCode {
  /** Drawn as SVG. */
  readonly drawing: string;
}

/** A receipt or notice on A4, large enough for old eyes; the same paper gives the same bytes. */
export function paperSheet(paper: IssuedPaper, code: PrintedCode | null): PdfSheet {
  const { title, number, to, matter, issuer, issuedAt, sections } = paper;
  return framed({ title, author: issuer, at: issuedAt }, [
    { text: title, style: 'title', alignment: 'center' },
    {
      columns: [
        { width: '*', stack: [`办件编号：${number}`, `办理事项：${breakable(matter)}`, `${breakable(to)}：`] },
        ...(code === null ? [] : [codeColumn(code)]),
      ],
      columnGap: 16,
      margin: [0, size, 0, 0],
    },
    ...sections.flatMap(({ heading, lines }) => part(heading, lines)),
    {
      stack: [breakable(issuer), dayInWords(issuedAt)],
      alignment: 'right',
      margin: [0, size * 2, 0, 0],
      unbreakable: true,
    },
  ]);
}

function codeColumn({ drawing }: PrintedCode): Column {
  return {
    width: codeWidth + 12,
    stack: [
      { svg: drawing, width: codeWidth, alignment: 'right' },
      { text: '扫码查真伪', style: 'muted', alignment: 'right', margin: [0, 2, 0, 0] },
    ],
  };
}

/** 流转单 on A4. */
export function slipSheet(slip: TransferSlip): PdfSheet {
  const about = { title: `流转单 ${slip.number}`, author: slip.department, at: slip.dates.submittedAt };
  return framed(about, [
    { text: '办件流转单', style: 'title', alignment: 'center' },
    ...table('事项', matterRows(slip)),
    ...table('日期', dayRows(slip)),
    ...table('材料', materialRows(slip)),
    ...table('派单', slip.dispatches.map(dispatchRow)),
    ...table(
      '送达',
      slip.handOvers.map(({ at, receiver, relation }) => [dayAndTime(at), `${receiver}（${relation}）领取`]),
    ),
    ...table(
      '经过',
      slip.steps.map(({ at, words }) => [dayAndTime(at), words]),
    ),
  ]);
}

type Row = readonly [name: string, value: string];

function matterRows({ number, matter, state, applicant, agentFor, department, source }: TransferSlip): Row[] {
  return [
    ['办件编号', number],
    ['办理事项', matter],
    ['现在的状态', stateWords[state]],
    ['申请人', `${applicant ?? '没有填写'}${agentFor === null ? '' : `（代${agentFor}办理）`}`],
    ['承办部门', department],
    ['来源', source === null ? '本人在线提交' : sourceWords[source]],
  ];
}

function dayRows({ dates }: TransferSlip): Row[] {
  const days: readonly (readonly [string, string | null])[] = [
    ['收到', dayAndTime(dates.submittedAt)],
    ['最晚告知是否受理', dates.acceptOn],
    ['受理', dates.acceptedOn],
    ['承诺办结', dates.dueOn],
    ['法定办结', dates.statutoryOn],
    ['决定', dates.decidedAt && dayAndTime(dates.decidedAt)],
    ['办结', dates.closedAt && dayAndTime(dates.closedAt)],
  ];
  return days.flatMap(([name, day]) => (day === null ? [] : [[name, day] as const]));
}

function materialRows({ materials, otherFiles }: TransferSlip): Row[] {
  const { present, missing, deferredUntil } = materials;
  const lacking = deferredUntil === null ? '还没有' : `还没有，容缺到${deferredUntil}`;
  return [
    ...present.map(({ name, files, onPaper }): Row => [
      name,
      [...(files > 0 ? [`已收到文件${files}份`] : []), ...(onPaper ? ['已收到纸质件'] : [])].join('，'),
    ]),
    ...missing.map((name): Row => [name, lacking]),
    ...(otherFiles > 0 ? [['其他附件', `${otherFiles}份`] as const] : []),
  ];
}

function dispatchRow({ unit, from, role, state, dispatchedAt, signedAt }: TransferSlip['dispatches'][number]): Row {
  const standing = signedAt ? `${dayAndTime(signedAt)} 签收` : dispatchStates[state];
  return [`${from} → ${unit}（${role === 'lead' ? '主办' : '协办'}）`, `${dayAndTime(dispatchedAt)} 派单；${standing}`];
}

function framed(
  { title, author, at }: { readonly title: string; readonly author: string; readonly at: Date },
  content: Content[],
): PdfSheet {
  const document: PdfSheet['document'] = {
    pageSize: 'A4',
    pageMargins: [pageSides, 56, pageSides, 56],
    language: 'zh-CN',
    info: { title, author, creationDate: at, modDate: at },
    defaultStyle: { font: 'Noto', fontSize: size, lineHeight: 1.35 },
    styles: {
      title: { fontSize: size * 1.8, color: colours.heading },
      heading: { fontSize: size * 1.15, color: colours.heading, margin: [0, size * 0.8, 0, size * 0.2] },
      muted: { fontSize: 10, color: colours.muted },
    },
    content,
  };
  return { document, footer: { sides: pageSides } };
}

/** A heading and its lines; the heading is never left alone at the foot of a page. */
function part(heading: string, lines: readonly string[]): Content[] {
  const [first = '', ...others] = lines;
  return [
    { stack: [{ text: heading, style: 'heading' }, breakable(first)], unbreakable: true },
    ...others.map((line): Content => ({ text: breakable(line), margin: [0, 2, 0, 0] })),
  ];
}

/** A heading with its table; neither the heading nor a short table is torn apart by the end of a page. */
function table(heading: string, rows: readonly Row[]): Content[] {
  if (rows.length === 0) return part(heading, ['没有。']);
  const kept = rows.length <= keptRows ? rows.length : headRows;
  const rest = rows.slice(kept);
  return [
    { unbreakable: true, stack: [{ text: heading, style: 'heading' }, grid(rows.slice(0, kept))] },
    ...(rest.length === 0 ? [] : [grid(rest)]),
  ];
}

function grid(rows: readonly Row[]): Content {
  return {
    fontSize: 11,
    table: {
      dontBreakRows: true,
      widths: [170, '*'],
      body: rows.map(([name, value]) => [
        { text: breakable(name), fillColor: colours.shade },
        { text: breakable(value) },
      ]),
    },
    layout: 'lined',
  };
}

/** Long runs of figures or letters may be broken too; Chinese breaks by itself. */
function breakable(text: string): string {
  return text.replace(/[A-Za-z0-9]{30}(?=[A-Za-z0-9])/g, '$&\u200b');
}
