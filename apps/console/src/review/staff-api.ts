/** A draft's state, as the API names it. */
export type DraftState = 'draft' | 'submitted' | 'sentBack' | 'reviewed' | 'scheduled' | 'published' | 'withdrawn';

/** How far an order to review many drafts is. */
export interface BulkReview {
  readonly id: string;
  readonly decision: 'approve' | 'sendBack';
  readonly orderedAt: string;
  readonly total: number;
  readonly done: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly finishedAt: string | null;
}

/** A file that was taken as drafts. */
export interface ImportRun {
  readonly id: string;
  readonly importer: string;
  readonly fileName: string;
  readonly drafts: number;
  readonly importedAt: string;
  readonly states: Readonly<Partial<Record<DraftState, number>>>;
  readonly isReviewable: boolean;
  readonly review: BulkReview | null;
}

export interface Finding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'advice';
  readonly sentence: string;
}

export interface Change {
  readonly path: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A draft with what a reviewer looks at. */
export interface ImportedDraft {
  readonly id: string;
  readonly itemId: string;
  readonly name: string;
  readonly department: { readonly name: string };
  readonly findings: readonly Finding[];
  readonly isPublishable: boolean;
  readonly publishedVersion: number | null;
  readonly changes: readonly Change[];
}

/** A draft the order could not be carried out on. */
export interface Failure {
  readonly draftId: string;
  readonly name: string | null;
  readonly sentence: string;
  readonly problems: readonly { readonly at: string; readonly problem: string }[];
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What is decided of the drafts of one import. */
export interface Order {
  readonly decision: 'approve' | 'sendBack';
  readonly drafts?: readonly string[];
  readonly reasons?: readonly string[];
  readonly publish?: boolean;
  readonly seenAt: string;
}

/** The server's refusal in words; status 0 when it cannot be reached. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    words: string,
  ) {
    super(words);
  }
}

const root = '/api/v1';
const imports = '/staff/catalogue/imports';
const kept = 'linli.staff';

/** The API as one signed-in officer calls it; the sign-in ends with the tab. */
export class StaffApi {
  private token = sessionStorage.getItem(kept);

  get isSignedIn(): boolean {
    return this.token !== null;
  }

  async signIn(account: string, password: string): Promise<void> {
    const { token } = await this.call<{ token: string }>('POST', '/login/officer', { account, password });
    this.token = token;
    sessionStorage.setItem(kept, token);
  }

  signOut(): void {
    this.token = null;
    sessionStorage.removeItem(kept);
  }

  runs(cursor: string | null): Promise<Page<ImportRun>> {
    return this.call('GET', `${imports}?limit=20${after(cursor)}`);
  }

  run(id: string): Promise<ImportRun> {
    return this.call('GET', `${imports}/${id}`);
  }

  drafts(id: string, cursor: string | null): Promise<Page<ImportedDraft> & { readonly seenAt: string }> {
    return this.call('GET', `${imports}/${id}/drafts?limit=20${after(cursor)}`);
  }

  /** Under one key, so that pressing twice or sending again orders once. */
  order(id: string, order: Order, key: string): Promise<BulkReview> {
    return this.call('POST', `${imports}/${id}/reviews`, order, { 'idempotency-key': key });
  }

  review(id: string, reviewId: string): Promise<BulkReview> {
    return this.call('GET', `${imports}/${id}/reviews/${reviewId}`);
  }

  failures(id: string, reviewId: string, cursor: string | null): Promise<Page<Failure>> {
    return this.call('GET', `${imports}/${id}/reviews/${reviewId}/failures?limit=50${after(cursor)}`);
  }

  private async call<T>(method: string, path: string, body?: object, extra: Record<string, string> = {}): Promise<T> {
    const headers = {
      ...extra,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
    };
    const payload = body === undefined ? null : JSON.stringify(body);
    const response = await fetch(root + path, { method, headers, body: payload }).catch(() => null);
    if (response === null) throw new Refused(0, '连不上服务器，请看看网络，过一会儿再试。');
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer as T;
    const isProblem = typeof answer === 'object' && answer !== null && 'detail' in answer;
    throw new Refused(response.status, isProblem ? String(answer.detail) : '服务器没有办成，请过一会儿再试。');
  }
}

function after(cursor: string | null): string {
  return cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
}
