/** 号票: one turn at a window of a hall. */
export interface TicketFacts {
  readonly ticketId: string;
  /** What the resident was called by; it is another's tomorrow. */
  readonly number: string;
  readonly hallId: string;
  readonly windowId: string;
  /** The business it was for. */
  readonly title: string;
  /** Null where a ticket was drawn without saying who for: nobody can then be asked about it. */
  readonly residentId: string | null;
  readonly subdistrictId: string;
  /** Whose business it was; the subdistrict itself where it is its own. */
  readonly department: { readonly id: string; readonly name: string };
  readonly officerId: string;
}
