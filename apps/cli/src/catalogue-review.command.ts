import type { INestApplicationContext } from '@nestjs/common';
import { CommandRunner, Option, SubCommand } from 'nest-commander';
import { BulkReviewService, ImportRuns, type BulkReview, type ImportedDraft } from '@linli/catalogue';
import { OfficerService, type Officer } from '@linli/directory';
import { refusalWords } from '@linli/journeys';
import { Clock, Database } from '@linli/platform';
import { CommandFailed } from './command-failed';
import { readSecret } from './read-secret';
import { progress, say } from './say';
import { Workplace } from './workplace';

interface ReviewFlags {
  readonly by?: string;
  readonly approve?: boolean;
  readonly publish?: boolean;
  readonly sendBack?: string;
  readonly only?: readonly string[];
  readonly seen?: Date;
  readonly passwordStdin?: boolean;
}

const pageSize = 100;
const patienceMs = 200;

@SubCommand({ name: 'runs', description: 'List imports of drafts, newest first, and how far they are reviewed' })
export class CatalogueRunsCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run(_: string[], { by = '' }: Pick<ReviewFlags, 'by'>): Promise<void> {
    const { items } = await this.workplace.run(async ({ context }) => {
      const officer = await context.get(OfficerService, { strict: false }).named(by);
      return context.get(ImportRuns, { strict: false }).list(officer, pageSize, null);
    });
    for (const { id, importedAt, fileName, drafts, states } of items) {
      const standing = Object.entries(states).map(([state, count]) => `${count} ${state}`);
      say(`${id}  ${importedAt.toISOString()}  ${fileName}: ${drafts} drafts (${standing.join(', ')})`);
    }
    if (items.length === 0) say('No import brought drafts.');
  }

  @Option({ flags: '--by <account>', required: true, description: 'The officer whose reach is listed' })
  parseBy(text: string): string {
    return text;
  }
}

@SubCommand({
  name: 'review',
  arguments: '<run>',
  description: 'Show the drafts of an import that wait, approve them, or send them back',
})
export class CatalogueReviewCommand extends CommandRunner {
  constructor(private readonly workplace: Workplace) {
    super();
  }

  async run([importId = '']: string[], flags: ReviewFlags): Promise<void> {
    const { by = '', approve = false, publish = false, sendBack, passwordStdin = false } = flags;
    if (approve && sendBack !== undefined) throw new CommandFailed('--approve or --send-back, not both', 2);
    if (publish && !approve) throw new CommandFailed('--publish goes with --approve', 2);
    const decides = approve || sendBack !== undefined;
    if (decides && !passwordStdin)
      throw new CommandFailed(
        'whoever decides shows their password: add --password-stdin, and give it on standard input',
        2,
      );
    const password = decides ? await readSecret() : '';
    await this.workplace.run(async ({ context }) => {
      const officers = context.get(OfficerService, { strict: false });
      if (!decides) return show(context, await officers.named(by), importId);
      return decide(context, await officers.signIn(by, password), importId, flags);
    });
  }

  @Option({ flags: '--by <account>', required: true, description: 'The officer who reviews; not whose file it was' })
  parseBy(text: string): string {
    return text;
  }

  @Option({ flags: '--approve', description: 'Approve what waits' })
  parseApprove(): boolean {
    return true;
  }

  @Option({ flags: '--publish', description: 'With --approve: publish it too' })
  parsePublish(): boolean {
    return true;
  }

  @Option({ flags: '--send-back <reason>', description: 'Send back what waits, with a reason' })
  parseSendBack(text: string): string {
    return text;
  }

  @Option({ flags: '--only <items>', description: 'Only these item ids, parted by commas' })
  parseOnly(text: string): string[] {
    return text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  }

  @Option({ flags: '--seen <instant>', description: 'When you looked, as shown: what changed since stays as it is' })
  parseSeen(text: string): Date {
    const seen = new Date(text);
    if (Number.isNaN(seen.getTime())) throw new CommandFailed(`--seen: "${text}" is no instant`, 2);
    return seen;
  }

  @Option({ flags: '--password-stdin', description: "Read the officer's password from standard input" })
  parsePasswordStdin(): boolean {
    return true;
  }
}

/** The drafts that wait, page by page, with when they were read. */
async function* waiting(
  context: INestApplicationContext,
  officer: Officer,
  importId: string,
): AsyncGenerator<{ readonly items: readonly ImportedDraft[]; readonly seenAt: Date }> {
  const runs = context.get(ImportRuns, { strict: false });
  for (let cursor: string | null = null; ;) {
    const page = await runs.draftsOf(officer, { importId, state: 'submitted' }, pageSize, cursor);
    yield page;
    cursor = page.nextCursor;
    if (cursor === null) return;
  }
}

async function show(context: INestApplicationContext, officer: Officer, importId: string): Promise<void> {
  let seen: Date | null = null;
  let count = 0;
  for await (const { items, seenAt } of waiting(context, officer, importId)) {
    seen ??= seenAt;
    for (const draft of items) tell(draft);
    count += items.length;
  }
  say(`${count} drafts wait. Decide with --approve or --send-back, and --seen ${seen?.toISOString() ?? ''}`);
}

function tell({ itemId, name, department, publishedVersion, findings, changes }: ImportedDraft): void {
  const base = publishedVersion === null ? 'new' : `upon version ${publishedVersion}`;
  say(`${itemId}  ${name}  ${department.name}  (${base})`);
  for (const { severity, rule, at, sentence } of findings) say(`  ${severity} ${rule}: ${at}: ${sentence}`);
  for (const { label, before, after } of changes) say(`  ${label}: ${before ?? '—'} → ${after ?? '—'}`);
}

async function decide(
  context: INestApplicationContext,
  officer: Officer,
  importId: string,
  { approve = false, publish = false, sendBack, only, seen }: ReviewFlags,
): Promise<void> {
  const reviews = context.get(BulkReviewService, { strict: false });
  const now = context.get(Clock, { strict: false }).now();
  const draftIds = only ? await idsOf(context, officer, importId, only) : null;
  const ordered = {
    importId,
    decision: approve ? ('approve' as const) : ('sendBack' as const),
    draftIds,
    reasons: sendBack === undefined ? [] : [sendBack],
    publishFrom: publish ? now : null,
    seenAt: seen ?? now,
  };
  const database = context.get(Database, { strict: false });
  const { id } = await database.transact((tx) => reviews.order(tx, officer, ordered, now));
  const review = await carriedOut(reviews, officer, importId, id);
  await tellOutcome(reviews, officer, review);
}

async function idsOf(
  context: INestApplicationContext,
  officer: Officer,
  importId: string,
  only: readonly string[],
): Promise<string[]> {
  const wanted = new Set(only);
  const found: string[] = [];
  for await (const { items } of waiting(context, officer, importId))
    for (const { id, itemId } of items) if (wanted.delete(itemId)) found.push(id);
  if (wanted.size > 0) throw new CommandFailed(`no draft of this import waits for ${[...wanted].join(', ')}`);
  return found;
}

/** Carries the order out here, or waits for the worker that has begun it. */
async function carriedOut(
  reviews: BulkReviewService,
  officer: Officer,
  importId: string,
  id: string,
): Promise<BulkReview> {
  const bar = progress('review');
  try {
    for (;;) {
      const looked = await reviews.carryOut(id);
      const review = await reviews.review(officer, importId, id);
      bar.tick(review.done + review.unchanged + review.failed, review.total);
      if (review.finishedAt) return review;
      if (looked === 0) await new Promise((resolve) => setTimeout(resolve, patienceMs));
    }
  } finally {
    bar.end();
  }
}

async function tellOutcome(reviews: BulkReviewService, officer: Officer, review: BulkReview): Promise<void> {
  const { id, importId, total, done, unchanged, failed } = review;
  for (let cursor: string | null = null; failed > 0;) {
    const page = await reviews.failures(officer, { importId, id }, pageSize, cursor);
    for (const { itemId, draftId, code, problems } of page.items) {
      say(`${itemId ?? draftId}: ${refusalWords[code]}`);
      for (const { at, problem } of problems) say(`  ${at}: ${problem}`);
    }
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  const verb = review.decision === 'approve' ? 'approved' : 'sent back';
  const outcome = `${total} drafts: ${done} ${verb}, ${unchanged} unchanged, ${failed} left as they were`;
  if (failed > 0) throw new CommandFailed(outcome);
  say(outcome);
}
