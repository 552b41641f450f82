import type {
  AcceptanceScope,
  Audience,
  HandlingForm,
  ItemLevel,
  ItemType,
  PowerSource,
  ServiceMode,
} from '@linli/contracts';

/** The words of each coded field: what a catalogue file may say, whichever digits a province writes for it. */
export const itemTypes = [
  'licence',
  'penalty',
  'coercion',
  'levy',
  'benefit',
  'inspection',
  'confirmation',
  'reward',
  'ruling',
  'otherPower',
  'publicService',
] as const satisfies readonly ItemType[];

export const itemLevels = [
  'state',
  'province',
  'city',
  'county',
  'subdistrict',
  'community',
  'graded',
] as const satisfies readonly ItemLevel[];

export const powerSources = [
  'ownByLaw',
  'delegatedDown',
  'authorisedFromAbove',
  'authorisedByPeer',
  'entrustedFromAbove',
  'entrustedByPeer',
] as const satisfies readonly PowerSource[];

export const serviceModes = ['own', 'stationed', 'entrusted', 'agency'] as const satisfies readonly ServiceMode[];

export const acceptanceScopes = [
  'nation',
  'province',
  'city',
  'county',
  'subdistrict',
  'acrossCommunities',
] as const satisfies readonly AcceptanceScope[];

export const audiences = [
  'person',
  'enterprise',
  'institution',
  'socialOrganisation',
  'unincorporated',
  'authority',
  'other',
] as const satisfies readonly Audience[];

export const handlingForms = ['window', 'web', 'mobile', 'courier', 'other'] as const satisfies readonly HandlingForm[];
