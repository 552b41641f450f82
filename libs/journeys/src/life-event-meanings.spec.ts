import type { FormField, Material } from '@linli/contracts';
import { meaningsOf } from './life-event-meanings';

const field = (id: string, type: FormField['type']): FormField => ({ id, label: id, ask: id, type, required: true });
const material = (id: string): Material => ({ id, name: id, required: true, issuedBy: '', deferrable: false });
const shared = (key: string, type: FormField['type'], neededBy: string[]) => ({ ...field(key, type), key, neededBy });

describe('what an item’s own questions and materials stand for', () => {
  const form = [
    shared('childName', 'text', ['register', 'insure']),
    shared('when', 'date', ['register']),
    shared('when#2', 'text', ['insure']),
    shared('note', 'text', ['register']),
  ];

  it('is what the file names, else their own id, by type where one meaning has several questions', () => {
    const guide = { form: [field('babyName', 'text'), field('when', 'text')], materials: [material('certificate')] };
    const named = { fields: { 'insure.babyName': 'childName' }, materials: { 'insure.certificate': 'birth-cert' } };
    const { fields, materials } = meaningsOf('insure', guide, named, { form });
    expect([...fields]).toEqual([
      ['babyName', 'childName'],
      ['when', 'when#2'],
    ]);
    expect([...materials]).toEqual([['certificate', 'birth-cert']]);
  });

  it('is nothing where no question of the form is for this item', () => {
    const guide = { form: [field('note', 'text')], materials: [] };
    expect([...meaningsOf('insure', guide, { fields: {}, materials: {} }, { form }).fields]).toEqual([]);
  });
});
