import { Inject, Injectable } from '@nestjs/common';
import { localDate, Refusal, type LocalDate, type WorkCalendar } from '@linli/kernel';
import { CALENDAR, Clock, Database, type Tx } from '@linli/platform';
import {
  usualPolicy,
  type Bookable,
  type DayLimit,
  type Desk,
  type DeskPolicy,
  type DeskRules,
  type Offering,
} from './desk';
import { lastDay, slotsOn, type Slot } from './slots';

interface BookableRow {
  readonly id: string;
  readonly desk_id: string;
  readonly title: string;
  readonly service_id: string;
  readonly party_most: number;
  readonly per_day: DayLimit;
  readonly active: boolean;
  readonly place_id: string;
  readonly place_name: string;
  readonly name: string;
  readonly subdistrict_id: string;
  readonly department_id: string;
  readonly department_name: string;
  readonly rules: DeskRules;
  readonly policy: Partial<DeskPolicy>;
  readonly revision: number;
}

interface Known {
  readonly bookable: Bookable;
  readonly at: number;
}

const columns = `
  select o.id, o.desk_id, o.title, o.service_id, o.party_most, o.per_day, o.active, d.place_id, d.place_name, d.name,
    d.subdistrict_id, d.department_id, p.name as department_name, d.rules, d.policy, d.revision
  from booking_offering o join booking_desk d on d.id = o.desk_id join directory_department p on p.id = d.department_id`;

const freshMs = 5_000;
const mostKnown = 20_000;
const mostListed = 50;

/** Desks and offerings. Those asked for are remembered for some seconds: a change is noticed when a seat is taken. */
@Injectable()
export class DeskStore {
  private readonly known = new Map<string, Known>();
  private readonly horizons = new WeakMap<DeskPolicy, { readonly today: LocalDate; readonly last: LocalDate }>();
  private readonly days = new WeakMap<DeskRules, Map<LocalDate, readonly Slot[]>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** The offering with its desk; refuses an id nobody has. */
  async bookable(offeringId: string, reader: Pick<Tx, 'sql'> = this.database): Promise<Bookable> {
    const now = this.clock.now().getTime();
    const known = this.known.get(offeringId);
    if (known && now - known.at < freshMs) return known.bookable;
    const bookable = await this.find(offeringId, reader);
    if (!bookable) throw new Refusal('booking.offeringNotFound');
    if (this.known.size >= mostKnown) this.known.clear();
    this.known.set(offeringId, { bookable, at: now });
    return bookable;
  }

  /** The offering with its desk as it stands, or null. */
  async find(offeringId: string, reader: Pick<Tx, 'sql'> = this.database): Promise<Bookable | null> {
    const [row] = await reader.sql<BookableRow>(`${columns} where o.id = $1`, [offeringId]);
    return row ? bookableOf(row) : null;
  }

  /** Offerings with their desks as they stand; unknown ids are missing. */
  async findAll(offeringIds: readonly string[], reader: Pick<Tx, 'sql'> = this.database): Promise<Bookable[]> {
    const rows = await reader.sql<BookableRow>(`${columns} where o.id = any($1)`, [offeringIds]);
    return rows.map(bookableOf);
  }

  /** What a start is judged by: the slots of its day, and the last day that can be booked. */
  around(desk: Desk, start: Date, now: Date): { readonly slots: readonly Slot[]; readonly last: LocalDate } {
    return { slots: this.slotsOn(desk, localDate(start)), last: this.lastDay(desk, now) };
  }

  /** The last day that can be booked, reckoned once a day for as long as the desk is remembered. */
  private lastDay({ policy }: Desk, now: Date): LocalDate {
    const today = localDate(now);
    const known = this.horizons.get(policy);
    if (known?.today === today) return known.last;
    const last = lastDay(policy, now, this.calendar);
    this.horizons.set(policy, { today, last });
    return last;
  }

  /** The slots of a day, reckoned once for as long as the desk is remembered. */
  slotsOn({ rules }: Desk, on: LocalDate): readonly Slot[] {
    const days = this.days.get(rules) ?? new Map<LocalDate, readonly Slot[]>();
    if (days.size === 0) this.days.set(rules, days);
    const slots = days.get(on) ?? slotsOn(rules, on, this.calendar);
    days.set(on, slots);
    return slots;
  }

  /** The desk changed since it was looked at. */
  forget(offeringId: string): void {
    this.known.delete(offeringId);
  }

  /** Where a catalogue service or a hall's business can be booked, by id of the offering. */
  async ofService(serviceId: string, reader: Pick<Tx, 'sql'> = this.database): Promise<Bookable[]> {
    const rows = await reader.sql<BookableRow>(
      `${columns} where o.service_id = $1 and o.active order by o.id limit ${mostListed}`,
      [serviceId],
    );
    return rows.map(bookableOf);
  }

  /** What can be booked at a place. */
  async ofPlace(placeId: string): Promise<Bookable[]> {
    const rows = await this.database.sql<BookableRow>(
      `${columns} where d.place_id = $1 and o.active order by o.id limit ${mostListed}`,
      [placeId],
    );
    return rows.map(bookableOf);
  }

  async ids(): Promise<string[]> {
    return (await this.database.sql<{ id: string }>('select id from booking_desk')).map(({ id }) => id);
  }

  async isEmpty(): Promise<boolean> {
    return (await this.database.sql('select from booking_desk limit 1')).length === 0;
  }

  /** Adds and renews desks and offerings by id; what is bookable changes at once, what is booked stays booked. */
  async save(tx: Tx, desks: readonly Desk[], offerings: readonly Offering[], now: Date): Promise<void> {
    const changed = await this.saveDesks(tx, desks);
    await tx.sql(
      `insert into booking_offering (id, desk_id, title, service_id, party_most, per_day, active)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::boolean[])
       on conflict (id) do update set desk_id = excluded.desk_id, title = excluded.title,
         service_id = excluded.service_id, party_most = excluded.party_most, per_day = excluded.per_day,
         active = excluded.active`,
      [
        ...[offerings.map((one) => one.id), offerings.map((one) => one.deskId), offerings.map((one) => one.title)],
        ...[offerings.map((one) => one.serviceId), offerings.map((one) => one.partyMost)],
        ...[offerings.map((one) => one.perDay), offerings.map((one) => one.active)],
      ],
    );
    await this.resize(tx, new Map(desks.filter((one) => changed.has(one.id)).map((one) => [one.id, one])), now);
    for (const one of offerings) this.forget(one.id);
  }

  /** The ids of desks that are not what they were. */
  private async saveDesks(tx: Tx, desks: readonly Desk[]): Promise<Set<string>> {
    const rows = await tx.sql<{ id: string }>(
      `insert into booking_desk as d (id, place_id, place_name, name, subdistrict_id, department_id, rules, policy)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[])
       on conflict (id) do update set place_id = excluded.place_id, place_name = excluded.place_name,
         name = excluded.name, subdistrict_id = excluded.subdistrict_id, department_id = excluded.department_id,
         rules = excluded.rules, policy = excluded.policy, revision = d.revision + 1
       where (d.place_id, d.place_name, d.name, d.subdistrict_id, d.department_id, d.rules, d.policy)
         is distinct from (excluded.place_id, excluded.place_name, excluded.name, excluded.subdistrict_id,
           excluded.department_id, excluded.rules, excluded.policy)
       returning id`,
      [
        ...[desks.map((one) => one.id), desks.map((one) => one.placeId), desks.map((one) => one.placeName)],
        ...[desks.map((one) => one.name), desks.map((one) => one.subdistrictId)],
        ...[desks.map((one) => one.department.id), desks.map((one) => JSON.stringify(one.rules))],
        desks.map((one) => JSON.stringify(one.policy)),
      ],
    );
    return new Set(rows.map((row) => row.id));
  }

  /** Slots to come get the seats the rules now give them, but never fewer than are taken. */
  private async resize(tx: Tx, desks: ReadonlyMap<string, Desk>, now: Date): Promise<void> {
    const slots = await tx.sql<{ desk_id: string; starts_at: Date }>(
      `select desk_id, starts_at from booking_slot where desk_id = any($1) and starts_at > $2
       order by desk_id, starts_at for update`,
      [[...desks.keys()], now],
    );
    if (slots.length === 0) return;
    const seats = slots.map(({ desk_id, starts_at }) => {
      const desk = desks.get(desk_id);
      const day = desk ? slotsOn(desk.rules, localDate(starts_at), this.calendar) : [];
      return day.find((one) => one.start.getTime() === starts_at.getTime())?.capacity ?? 0;
    });
    await tx.sql(
      `update booking_slot s set capacity = greatest(s.taken, g.seats)
       from unnest($1::text[], $2::timestamptz[], $3::int[]) as g (desk_id, starts_at, seats)
       where s.desk_id = g.desk_id and s.starts_at = g.starts_at`,
      [slots.map((one) => one.desk_id), slots.map((one) => one.starts_at), seats],
    );
  }
}

function bookableOf(row: BookableRow): Bookable {
  return {
    offering: {
      id: row.id,
      deskId: row.desk_id,
      title: row.title,
      serviceId: row.service_id,
      partyMost: row.party_most,
      perDay: row.per_day,
      active: row.active,
    },
    desk: {
      id: row.desk_id,
      placeId: row.place_id,
      placeName: row.place_name,
      name: row.name,
      subdistrictId: row.subdistrict_id,
      department: { id: row.department_id, name: row.department_name },
      rules: row.rules,
      policy: { ...usualPolicy, ...row.policy },
    },
    revision: row.revision,
  };
}
