import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@linli/kernel';
import { Database } from '@linli/platform';
import type { Reach } from '../reach';

/** Whose sheet it is: what an officer overlooks, or what a community or grid was given. */
export type SheetReach = Exclude<Reach, { readonly over: 'nothing' }>;

/** One line of the sheet. */
export interface SheetItem {
  readonly number: string;
  readonly title: string;
  readonly department: string;
  /** The day that matters: committed date, last day for the answer, or day of the order. */
  readonly on: string;
}

/** One part of the sheet: how many there are, and the first of them. */
export interface SheetPart {
  readonly count: number;
  readonly items: readonly SheetItem[];
}

/** 每日一单: what a unit has before it today. */
export interface DailySheet {
  readonly dueToday: SheetPart;
  readonly overdue: SheetPart;
  readonly awaitingCorrection: SheetPart;
  readonly suspended: SheetPart;
  readonly unsigned: SheetPart;
  readonly supervision: SheetPart;
}

type ItemRow = SheetItem & { readonly count: string };

const shown = 10;
const running = `c.is_open and c.state not in ('suspended', 'awaitingCorrection')`;

/** Counts and first lines, each part by one index range over what is open. */
@Injectable()
export class DailySheetStore {
  constructor(private readonly database: Database) {}

  async sheet(reach: SheetReach, today: LocalDate, now: Date): Promise<DailySheet> {
    const [dueToday, overdue, awaitingCorrection, suspended, unsigned, supervision] = await Promise.all([
      this.cases(reach, `${running} and c.due_on = $1::date`, 'c.due_on', today),
      this.cases(reach, `${running} and c.due_on < $1::date`, 'c.due_on', today),
      this.cases(reach, `c.state = 'awaitingCorrection' and $1::date is not null`, 'c.lapses_on', today),
      this.cases(reach, `c.state = 'suspended' and $1::date is not null`, 'c.due_on', today),
      this.unsigned(reach, now),
      // Orders go to whoever is in charge, which a community never is.
      reach.over === 'given' ? nothing : this.supervision(reach),
    ]);
    return { dueToday, overdue, awaitingCorrection, suspended, unsigned, supervision };
  }

  private cases(reach: SheetReach, condition: string, on: string, today: LocalDate): Promise<SheetPart> {
    return this.part(
      `from casework_case c where ${condition}
         ${reach.over === 'given' ? givenTo : within(reach, 'c.subdistrict_id', 'c.department_id')}`,
      `c.number, c.title, c.department_name as department, ${on} as "on"`,
      'c.due_on, c.id',
      [today, ...idOf(reach)],
    );
  }

  private unsigned(reach: SheetReach, now: Date): Promise<SheetPart> {
    return this.part(
      `from casework_dispatch d join casework_case c on c.id = d.case_id
       where d.state = 'waiting' and d.dispatched_at <= $1::timestamptz and c.is_open
         ${within(reach, 'c.subdistrict_id', 'd.department_id')}`,
      `c.number, c.title, d.department_name as department, (d.sign_by at time zone 'Asia/Shanghai')::date as "on"`,
      'd.sign_by, d.id',
      [now, ...idOf(reach)],
    );
  }

  private supervision(reach: SheetReach): Promise<SheetPart> {
    return this.part(
      `from casework_supervision o where o.state = any($1::text[])
         ${within(reach, 'o.subdistrict_id', 'o.unit_id')}`,
      'o.case_number as number, o.title, o.unit_name as department, o.answer_by as "on"',
      'o.answer_by, o.id',
      [['open', 'overdue'], ...idOf(reach)],
    );
  }

  private async part(from: string, columns: string, order: string, params: readonly unknown[]): Promise<SheetPart> {
    const rows = await this.database.sql<ItemRow>(
      `select ${columns}, count(*) over () as count ${from} order by ${order} limit ${shown}`,
      params,
    );
    const items = rows.map(({ count: _count, ...item }) => item);
    return { count: Number(rows[0]?.count ?? 0), items };
  }
}

const nothing: SheetPart = { count: 0, items: [] };

/** Cases a community or grid has been given and not sent back. */
const givenTo = `and c.id in (select d.case_id from casework_dispatch d
  where d.department_id = $2 and d.state in ('waiting', 'signed'))`;

function within(reach: SheetReach, subdistrict: string, department: string): string {
  if (reach.over === 'district') return '';
  return `and ${reach.over === 'subdistrict' ? subdistrict : department} = $2`;
}

function idOf(reach: SheetReach): string[] {
  return reach.over === 'district' ? [] : [reach.id];
}
