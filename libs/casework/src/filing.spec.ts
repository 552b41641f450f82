import { Refusal } from '@linli/kernel';
import type { CaseDraft } from '@linli/contracts';
import { checkApplicantField } from './applicant-check';
import { checkDraft } from './filing';
import { application, elder, guide, item, noise, report } from './samples';

const now = new Date('2026-03-10T02:00:00Z');
const today = '2026-03-10' as Parameters<typeof checkApplicantField>[2];

function refusalOf(draft: CaseDraft, at = now): [string, string[]] {
  try {
    checkDraft(draft, at);
    return ['none', []];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.code, error.errors.map((one) => one.at)];
  }
}

describe('an application', () => {
  it('is kept in the usual way of writing, without what nobody asked for', () => {
    const { particulars, entry } = checkDraft(
      application({ entry: { ...item, guide: { ...guide, applicant: ['name', 'idNumber'] } } }),
      now,
    );
    expect(particulars.applicant).toEqual({ name: '欧阳桂英', phone: '13912345678', idNumber: '110105194512310020' });
    expect(particulars.answers).toEqual({ isSelf: '否', bankName: '邻安银行', bankAccount: '6222020200012345678' });
    expect(entry).not.toHaveProperty('keywords');
  });

  it.each<[string, CaseDraft, string, string[]]>([
    ['not offered here', application({ entry: { ...item, guide: { ...guide, online: false } } }), 'item.notOnline', []],
    ['without a guide', application({ entry: { ...noise, kind: 'item' } }), 'item.notOnline', []],
    ['for a service', application({ entry: { ...item, kind: 'service' } }), 'item.notOnline', []],
    ['without a phone', application({ applicant: { ...elder, phone: ' ' } }), 'case.invalid', ['applicant.phone']],
    [
      'with everything wrong',
      application({
        applicant: { name: '1', phone: '12', idNumber: '1', address: '楼' },
        answers: { isSelf: '也许', 'bank-card': '1' },
        materials: [{ materialId: 'other', fileId: 'x' }],
        agentFor: { name: '', idNumber: '1', relation: '字'.repeat(21) },
      }),
      'case.invalid',
      [
        ...['applicant.name', 'applicant.idNumber', 'applicant.phone', 'applicant.address'],
        ...['agentFor.name', 'agentFor.idNumber', 'agentFor.relation'],
        ...['materials[0].materialId', 'materials[0].fileId'],
        ...['answers.bank-card', 'answers.isSelf'],
      ],
    ],
    [
      'with wrong answers only',
      application({ answers: { isSelf: '是', bankName: ' ' } }),
      'case.answersInvalid',
      ['answers.bankName'],
    ],
  ])('%s is refused', (_what, draft, code, places) => expect(refusalOf(draft)).toEqual([code, places]));
});

describe('the age of the applicant', () => {
  const bornOn10March = { ...elder, idNumber: '110105194603100029' };

  it.each([
    ['the last minute before the birthday, Shanghai time', '2026-03-09T15:59:00Z', ['applicant.idNumber']],
    ['the first minute of the birthday', '2026-03-09T16:00:00Z', []],
  ])('%s', (_what, at, places) => {
    const code = places.length === 0 ? 'none' : 'case.invalid';
    expect(refusalOf(application({ applicant: bornOn10March }), new Date(at))).toEqual([code, places]);
  });

  it('has an upper bound, in completed years', () => {
    expect(checkApplicantField('idNumber', '110105194603100029', today, { max: 80 }).ok).toBe(true);
    expect(checkApplicantField('idNumber', '110105194603100029', today, { max: 79 })).toEqual({
      ok: false,
      problem: '这个事项限79周岁及以下申请，按身份证号算现在是80周岁',
    });
  });

  it('is that of the person an agent files for', () => {
    const daughter = { ...elder, name: '王芳', idNumber: '110105198701010033' };
    expect(refusalOf(application({ applicant: daughter }))[1]).toEqual(['applicant.idNumber']);
    const mother = { name: '欧阳桂英', relation: '母亲' };
    expect(refusalOf(application({ applicant: daughter, agentFor: mother }))[0]).toBe('none');
    const tooYoung = { ...mother, idNumber: '110105198701010033' };
    expect(refusalOf(application({ applicant: daughter, agentFor: tooYoung }))[1]).toEqual(['agentFor.idNumber']);
  });
});

describe('names', () => {
  it.each(['王芳', '阿依古丽·买买提', "Anne-Marie O'Neil", '𠮷野家', '\uE863英'])('%s is one', (name) =>
    expect(checkApplicantField('name', name, today).ok).toBe(true),
  );
  it.each(['王', '王3', '<b>王芳</b>', '字'.repeat(51)])('%s is none', (name) =>
    expect(checkApplicantField('name', name, today).ok).toBe(false),
  );
});

describe('a report', () => {
  it('keeps its words and its place', () => {
    expect(checkDraft(report({ text: ' 吵 ', place: { words: ' ' } }), now).particulars).toMatchObject({
      text: '吵',
      place: null,
      applicant: null,
    });
  });

  it.each<[string, CaseDraft, string, string[]]>([
    ['about an item', report({ entry: item }), 'report.categoryUnknown', []],
    ['without words', report({ text: ' ' }), 'case.invalid', ['text']],
    ['without end', report({ text: '字'.repeat(2001) }), 'case.invalid', ['text']],
    ['at half a place', report({ place: { lat: 30 } }), 'case.invalid', ['place']],
    ['abroad', report({ place: { lat: 60, lng: 10 } }), 'case.invalid', ['place.lat', 'place.lng']],
    ['with a file that is none', report({ fileIds: ['x'] }), 'case.invalid', ['fileIds[0]']],
  ])('%s is refused', (_what, draft, code, places) => expect(refusalOf(draft)).toEqual([code, places]));
});
