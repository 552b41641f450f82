import { Injectable } from '@nestjs/common';
import { CatalogueService } from '@linli/catalogue';
import type { CatalogueEntry } from '@linli/contracts';
import {
  AssignmentFactsStore,
  mayBeResponsible,
  nearestResponsible,
  UnitStore,
  type AssignmentAnswer,
  type AssignmentQuestion,
  type DutyRole,
  type Matter,
  type NamedUnit,
  type ReachableUnit,
} from '@linli/directory';
import { Refusal, type LocalDate } from '@linli/kernel';
import { Database, together, type Tx } from '@linli/platform';
import { handlerOf, type WhoHandles } from './assignment-answer';

/** What is asked before a matter is given to a unit. */
export interface AssignmentWish {
  readonly entryId: string;
  readonly unitId: string;
  readonly role: DutyRole;
  readonly on: LocalDate;
  /** Where the matter lies; needed for offices that serve several subdistricts. */
  readonly subdistrictId: string | null;
}

export interface PlaceWish {
  readonly entryId: string;
  readonly subdistrictId: string;
  readonly communityId: string | null;
  readonly on: LocalDate;
}

/** 严格按清单履职: gathers the facts in one round and asks the rule; nothing is dispatched past it. */
@Injectable()
export class Assignment {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly facts: AssignmentFactsStore,
    private readonly units: UnitStore,
    private readonly database: Database,
  ) {}

  /** Whether the unit may be made responsible, with the record or the reason. */
  async check(wish: AssignmentWish, reader: Pick<Tx, 'sql'> = this.database): Promise<AssignmentAnswer> {
    const entry = this.published(wish.entryId);
    const { subdistrictId: near, on, role } = wish;
    const ids = [wish.unitId, entry.department.id, ...(near === null ? [] : [near])];
    // Most matters go to an office, about which the same facts are asked wherever it stands: one round trip for both.
    const [units, nearby] = await together(
      this.units.units(ids, reader),
      this.facts.factsOf(matterOf(entry, new Map()), on, { subdistrictId: near, communityId: null }, reader),
    );
    const unit = found(units, wish.unitId);
    const subdistrictId = unit.subdistrictId ?? near;
    const withStreet =
      subdistrictId !== null && !units.has(subdistrictId) ? await this.units.units([subdistrictId], reader) : units;
    const subdistrict = subdistrictId === null ? null : named(found(withStreet, subdistrictId));
    const communityId = unit.kind === 'community' ? unit.id : null;
    const question = { matter: matterOf(entry, units), on, role, place: { subdistrict, communityId } };
    const isNearby = subdistrictId === near && communityId === null;
    return mayBeResponsible({
      ...(isNearby ? { ...question, ...nearby } : await this.withFacts(question, reader)),
      unit,
    });
  }

  /** Refuses an assignment outside the lists, with the reason as its detail. Dispatching asks this, in its transaction. */
  async require(tx: Tx, wish: AssignmentWish): Promise<void> {
    const answer = await this.check(wish, tx);
    if (!answer.allowed) throw new Refusal('responsibility.notAssignable', [{ at: 'unit', problem: answer.sentence }]);
  }

  /** Who handles a matter at a place: the nearest level that may. */
  async who(
    { entryId, subdistrictId, communityId, on }: PlaceWish,
    reader: Pick<Tx, 'sql'> = this.database,
  ): Promise<WhoHandles> {
    const entry = this.published(entryId);
    const home = entry.department.id;
    const near = communityId === null ? [subdistrictId] : [communityId, subdistrictId];
    const units = await this.units.units([...near, home], reader);
    const subdistrict = named(found(units, subdistrictId));
    const question = {
      matter: matterOf(entry, units),
      on,
      role: 'lead' as const,
      place: { subdistrict, communityId },
    };
    if (units.get(subdistrictId)?.kind !== 'subdistrict') throw new Refusal('directory.notFound');
    if (communityId !== null && units.get(communityId)?.subdistrictId !== subdistrictId)
      throw new Refusal('directory.notFound');
    const facts = await this.withFacts(question, reader);
    const leads = facts.lists.flatMap((row) => (row.role === 'lead' && row.office ? [row.office.id] : []));
    const upper = [...(await this.units.units(leads, reader)).values()].filter((one) => one.id !== home);
    const candidates = [...near.map((id) => found(units, id)), found(units, home), ...upper];
    return handlerOf(entry, nearestResponsible(facts, candidates), candidates);
  }

  private async withFacts(
    question: Pick<AssignmentQuestion, 'matter' | 'on' | 'role' | 'place'>,
    reader: Pick<Tx, 'sql'>,
  ): Promise<Omit<AssignmentQuestion, 'unit'>> {
    const { matter, on, place } = question;
    const area = { subdistrictId: place.subdistrict?.id ?? null, communityId: place.communityId };
    return { ...question, ...(await this.facts.factsOf(matter, on, area, reader)) };
  }

  private published(entryId: string): CatalogueEntry {
    const entry = this.catalogue.entry(entryId);
    if (!entry) throw new Refusal('item.notFound');
    return entry;
  }
}

/** What the rule needs to know of a catalogue entry. */
export function matterOf(entry: CatalogueEntry, units: ReadonlyMap<string, ReachableUnit>): Matter {
  const home = units.get(entry.department.id);
  return {
    entryId: entry.id,
    name: entry.name,
    kind: entry.kind,
    category: entry.category,
    type: entry.implementation?.type ?? null,
    home: home ? named(home) : null,
  };
}

function named({ level, id, name }: NamedUnit): NamedUnit {
  return { level, id, name };
}

function found(units: ReadonlyMap<string, ReachableUnit>, id: string): ReachableUnit {
  const unit = units.get(id);
  if (!unit) throw new Refusal('directory.notFound');
  return unit;
}
