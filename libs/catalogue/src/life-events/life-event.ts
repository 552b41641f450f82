import type { ApplicantField, FormField, Limit, Material } from '@linli/contracts';

/** One item of a bundle: whether everyone needs it, when those need it who do, and what must be done before. */
export interface BundledItem {
  readonly entry: string;
  readonly optional?: boolean;
  /** `孩子要打预防针时`. */
  readonly when?: string;
  /** Entries of the bundle that must be finished first; without any, items run side by side (并联). */
  readonly after?: readonly string[];
}

/**
 * 一事联办 as its file names it. `fields` and `materials` say that `entry.id` means what another item calls otherwise;
 * whatever they leave out is told by its own id and type.
 */
export interface LifeEvent {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly items: readonly BundledItem[];
  readonly fields?: Readonly<Record<string, string>>;
  readonly materials?: Readonly<Record<string, string>>;
}

/** A question of the one form; asked once, for every item that needs it. */
export interface SharedField extends FormField {
  /** What it means, across items: unique in the form. */
  readonly key: string;
  readonly neededBy: readonly string[];
}

export interface SharedApplicantField {
  readonly field: ApplicantField;
  readonly neededBy: readonly string[];
}

/** A material handed in once, for every item that needs it. */
export interface SharedMaterial extends Pick<Material, 'name' | 'required' | 'deferrable' | 'issuedBy'> {
  readonly key: string;
  /** How the other items call it. */
  readonly alsoCalled: readonly string[];
  /** The originals shown or handed in: the most any item wants. */
  readonly originals: number;
  /** The most copies any item wants. */
  readonly copies: number;
  readonly notes: readonly string[];
  readonly neededBy: readonly string[];
}

export interface Span {
  readonly workingDays: number;
  readonly naturalDays: number;
}

export interface ComposedItem {
  readonly id: string;
  readonly name: string;
  readonly department: { readonly id: string; readonly name: string };
  readonly optional: boolean;
  readonly when: string | null;
  readonly after: readonly string[];
  readonly conditions: readonly string[];
  readonly committedLimit: Limit;
  readonly result: string;
}

/** The guide of a life event: one form, one set of materials, one time. */
export interface LifeEventGuide {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  /** In an order in which they can be done. */
  readonly items: readonly ComposedItem[];
  readonly applicant: readonly SharedApplicantField[];
  readonly form: readonly SharedField[];
  readonly materials: readonly SharedMaterial[];
  /** The longest chain of items decides; the others run beside it. */
  readonly time: { readonly longest: Span; readonly path: readonly string[]; readonly oneByOne: Span };
  readonly saved: {
    readonly fields: { readonly before: number; readonly after: number };
    readonly materials: { readonly before: number; readonly after: number };
    readonly sentence: string;
  };
  /** Entries of the bundle that are not published at present. */
  readonly unavailable: readonly string[];
}
