import type { HandOverReason } from '@linli/contracts';
import { shorten } from './text';

const because: Readonly<Record<HandOverReason, string>> = {
  asked: '好的，',
  threeWrongAnswers: '没关系，我没能帮上您，',
  notUnderstood: '不好意思，我没听明白，',
};

/** Told when the conversation was handed over. */
export function handedOver(
  reason: HandOverReason,
  desk: { readonly phone: string; readonly staffedNow: boolean; readonly hours: string },
): string {
  const phone = shorten(desk.phone, 40);
  const next = desk.staffedNow
    ? `已经请工作人员来帮您，请稍等一会儿。有话直接在这里说，他们看得到。着急就打电话 ${phone}。`
    : `已经替您转给工作人员。现在不在上班时间${desk.hours === '' ? '' : `（${shorten(desk.hours, 120)}）`}，您先把事情写在这里，上班后就回您。电话 ${phone}。`;
  return `${because[reason]}${next}\n不想等了，回复「回到邻里」。`;
}

export const passedOn = '您的话已经转给工作人员，他们看到就回您，请别着急。想回来自己办，回复「回到邻里」。';

export function waiting(hotline: string): string {
  return `已经替您叫工作人员了，有话直接在这里说。着急就打电话 ${hotline}。想回来自己办，回复「回到邻里」。`;
}

export const back = '邻里回来了。想办什么、要反映什么，直接跟我说就行。';
export const left = '工作人员这边说完了，邻里接着陪您。还有什么事，随时跟我说。';
export const backShort = '邻里回来了。';

export function place(label: string, lat: number, lng: number): string {
  return `［位置］${shorten(label, 200)}（${lat}，${lng}）`;
}

export const listOnly = '要看其中一件，请先回复「回到邻里」。';
