import type { OpenForm } from './conversation';
import { trailed, type Step } from './step';
import { shorten } from './text';
import { kept } from './words';

/** A form as it is spoken of: `「高龄津贴申领」申请`. */
export function formName(form: OpenForm): string {
  switch (form.kind) {
    case 'filling':
    case 'confirming':
      return `「${shorten(form.sheet.name, 30)}」申请`;
    case 'reporting':
      return `「${shorten(form.sheet.name, 30)}」反映`;
    case 'correcting':
      return `「${shorten(form.title, 30)}」补正`;
  }
}

/** The step with a mention of the form that was set aside, if any. */
export function mentioningParked(step: Step): Step {
  const form = step.conversation.parked.at(-1);
  return form ? trailed(step, kept(formName(form))) : step;
}
