/** An enquiry (咨询) an officer answered in a resident's chat; what was said stays in the conversation. */
export interface EnquiryFacts {
  /** The hand-over it was answered in: each is one enquiry. */
  readonly enquiryId: string;
  readonly number: string;
  /** What a resident is asked about, in words that give nothing of theirs away. */
  readonly title: string;
  readonly residentId: string;
  readonly subdistrictId: string;
  /** The officer's department; the subdistrict itself where they belong to none. */
  readonly department: { readonly id: string; readonly name: string };
  readonly officerId: string;
}
