import { localDate } from '@linli/kernel';
import { isAnswered, type Case, type Particulars } from '../case';
import { dayWords, matterWords } from '../wording';

/** What is given on paper: 申请回执、受理凭证、一次性告知书、不予受理通知书 (行政许可法 §32). */
export const paperKinds = ['application', 'acceptance', 'notice', 'decline'] as const;
export type PaperKind = (typeof paperKinds)[number];

/** What one asks for; a receipt is of the acceptance once there is one, of the application before. */
export const askedPapers = ['receipt', 'notice', 'decline'] as const;
export type AskedPaper = (typeof askedPapers)[number];

export interface PaperSection {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** A paper ready to be printed. */
export interface Paper {
  readonly kind: PaperKind;
  readonly title: string;
  readonly number: string;
  /** Printed as the addressee. */
  readonly to: string;
  readonly issuedAt: Date;
  readonly issuer: string;
  readonly matter: string;
  readonly sections: readonly PaperSection[];
}

export const paperTitles: Record<PaperKind, string> = {
  application: '申请回执',
  acceptance: '受理凭证',
  notice: '一次性告知书（补正通知书）',
  decline: '不予受理通知书',
};

/** The paper of that kind the case has given rise to, and when; null when it has not. */
export function issuedAt(kase: Case, kind: PaperKind): Date | null {
  if (kind === 'application') return kase.filing.submittedAt;
  if (kind === 'acceptance') return 'acceptance' in kase ? (kase.acceptance?.at ?? null) : null;
  if (kind === 'notice') return 'notice' in kase ? (kase.notice?.givenAt ?? null) : null;
  return kase.state === 'declined' ? kase.declining.at : null;
}

/** Which paper an asker means, as the case stands; null when there is none yet. */
export function kindOf(kase: Case, asked: AskedPaper): PaperKind | null {
  const kind = asked === 'receipt' ? (issuedAt(kase, 'acceptance') ? 'acceptance' : 'application') : asked;
  return issuedAt(kase, kind) && kind;
}

/** Words a paper is made of, beside the case: who it is for, and what was handed in. */
export interface PaperFacts {
  readonly particulars: Pick<Particulars, 'applicant' | 'agentFor'>;
  /** Names of the guide's materials that are there. */
  readonly present: readonly string[];
}

/** A paper in words an 80-year-old understands; nothing in it depends on when it is printed. */
export function paperOf(kase: Case, kind: PaperKind, { particulars, present }: PaperFacts): Paper {
  const { filing } = kase;
  const { entry, number, submittedAt } = filing;
  const { applicant, agentFor } = particulars;
  return {
    kind,
    title: paperTitles[kind],
    number,
    to: applicant ? (agentFor ? `${applicant.name}（代${agentFor.name}办理）` : applicant.name) : '反映人',
    issuedAt: issuedAt(kase, kind) ?? submittedAt,
    issuer: entry.department.name,
    matter: entry.name,
    sections: [...sectionsOf(kase, kind, present), contactSection(kase)],
  };
}

function sectionsOf(kase: Case, kind: PaperKind, present: readonly string[]): PaperSection[] {
  const { filing } = kase;
  const matter = matterWords(filing);
  const received = dayWords(localDate(filing.submittedAt));
  const handedIn = { heading: '收到的材料', lines: present.length > 0 ? listed(present) : ['还没有收到材料。'] };
  if (kind === 'application')
    return [
      { heading: `我们收到了您的${matter}`, lines: [`收到的日子：${received}。`, ...acceptLines(kase)] },
      handedIn,
    ];
  if (kind === 'acceptance')
    return [
      { heading: `您的${matter}已受理`, lines: acceptanceLines(kase, received) },
      ...deferralSection(kase),
      handedIn,
    ];
  return kind === 'notice' ? noticeSections(kase) : declineSections(kase, matter);
}

function acceptLines(kase: Case): string[] {
  return [`最晚${dayWords(kase.dates.acceptOn)}告诉您是否受理、缺什么材料；到期没有告诉您，就算收到那天已经受理。`];
}

function acceptanceLines(kase: Case, received: string): string[] {
  const acceptance = 'acceptance' in kase ? kase.acceptance : null;
  const { dueOn, statutoryOn } = kase.dates;
  return [
    `收到的日子：${received}。`,
    ...(acceptance
      ? [`受理的日子：${dayWords(acceptance.on)}。${acceptance.bySilence ? '（逾期未告知，自收到之日起受理）' : ''}`]
      : []),
    `我们承诺：最晚${dayWords(dueOn)}办结。`,
    `法律规定：最晚${dayWords(statutoryOn)}办结。`,
  ];
}

/** 容缺受理 (安阳市政务服务条例 §24): what is still to come, by when, and what happens when it does not. */
function deferralSection(kase: Case): PaperSection[] {
  const deferral = 'course' in kase ? kase.course?.deferral : null;
  if (!deferral) return [];
  const names = deferral.materials.map(
    (id) => kase.filing.entry.guide?.materials.find((one) => one.id === id)?.name ?? id,
  );
  const met = deferral.metOn === null ? [] : [`您已经在${dayWords(deferral.metOn)}补交。`];
  const by = `最晚${dayWords(deferral.by)}补交。过了这天没有补交，按撤回申请处理，以后可以重新申请。`;
  return [{ heading: '您承诺补交的材料（容缺受理）', lines: [...listed(names), by, ...met] }];
}

function noticeSections(kase: Case): PaperSection[] {
  const notice = 'notice' in kase ? kase.notice : null;
  if (!notice) return [];
  const answered = isAnswered(notice) ? [`您已经在${dayWords(localDate(notice.answeredAt))}补交。`] : [];
  return [
    { heading: '还缺这些材料或内容（一次说全）', lines: listed(notice.missing) },
    { heading: '原因', lines: [notice.reason] },
    {
      heading: '什么时候补交',
      lines: [
        `最晚${dayWords(notice.answerBy)}补交。过了这天没有补交，按撤回申请处理，以后可以重新申请。`,
        ...answered,
      ],
    },
  ];
}

function declineSections(kase: Case, matter: string): PaperSection[] {
  if (kase.state !== 'declined') return [];
  const { reason, authority } = kase.declining;
  return [
    { heading: `您的${matter}不予受理`, lines: [`原因：${reason}`] },
    ...(authority ? [{ heading: '请向这个单位申请', lines: [authority] }] : []),
    ...(kase.filing.kind === 'item' ? [remedy] : []),
  ];
}

/** 行政复议法 §20, 行政诉讼法 §46. */
const remedy: PaperSection = {
  heading: '您的权利',
  lines: ['不服这个决定，可以在收到本通知之日起60天内申请行政复议，或者6个月内向人民法院起诉。'],
};

function contactSection(kase: Case): PaperSection {
  const { guide } = kase.filing.entry;
  const phones = guide
    ? [`咨询电话：${guide.enquiryPhone}`, `投诉电话：${guide.complaintPhone}`]
    : ['咨询、投诉电话：12345'];
  return { heading: '查进度、问问题', lines: [`在微信里发送办件编号${kase.filing.number}，就能查到进度。`, ...phones] };
}

const listed = (lines: readonly string[]): string[] => lines.map((line, at) => `${at + 1}. ${line}`);
