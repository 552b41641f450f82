import { Histogram } from './histogram';
import { HttpLine } from './http-line';
import type { CaseLoad, CaseSummary } from './load-protocol';
import { openidOf } from './resident';
import { personaOf } from './talk';

const residentsPerWriter = 4;
const timeoutMs = 30_000;
const mostFailures = 200;

interface Book {
  readonly numbers: string[];
  readonly latency: Histogram;
  readonly failures: Map<string, number>;
  /** When the n-th case was there, by n. */
  readonly marks: Map<number, number>;
  begun: number;
}

/** Writes cases over the API with several writers at once until there are `total`. */
export async function writeCases(load: CaseLoad): Promise<CaseSummary> {
  const book: Book = { numbers: [], latency: new Histogram(), failures: new Map(), marks: new Map(), begun: 0 };
  const began = performance.now();
  await Promise.all([...Array(load.writers).keys()].map((writer) => write(writer, load, book)));
  const ended = performance.now();
  const at = (count: number): number => (count === 0 ? began : (book.marks.get(count) ?? ended));
  const perSecond = (from: number, to: number): number => ((to - from) * 1000) / (at(to) - at(from));
  const written = book.numbers.length;
  return {
    written,
    numbers: book.numbers,
    seconds: (ended - began) / 1000,
    firstPerSecond: perSecond(0, load.edge),
    lastPerSecond: perSecond(written - load.edge, written),
    tenths: [...Array(10).keys()].map((n) =>
      perSecond(Math.round((written * n) / 10), Math.round((written * (n + 1)) / 10)),
    ),
    latency: book.latency.toData(),
    failures: Object.fromEntries(book.failures),
  };
}

async function write(writer: number, load: CaseLoad, book: Book): Promise<void> {
  const line = new HttpLine(load.ports[writer % load.ports.length] ?? 0);
  const seats = [...Array(residentsPerWriter).keys()].map((n) => 500_000 + writer * residentsPerWriter + n);
  const tokens: string[] = [];
  for (const seat of seats) tokens.push(await signIn(line, openidOf(seat)));
  for (let turn = 0; book.begun < load.total; turn += 1) {
    book.begun += 1;
    const seat = seats[turn % seats.length] ?? 0;
    const failure = await writeOne(
      line,
      seat,
      tokens[turn % tokens.length] ?? '',
      `${load.total}-${writer}-${turn}`,
      book,
    );
    if (failure === null) continue;
    book.begun -= 1;
    const count = (book.failures.get(failure) ?? 0) + 1;
    book.failures.set(failure, count);
    if (count > mostFailures) throw new Error(`cases cannot be written: ${failure}`);
  }
  line.close();
}

async function signIn(line: HttpLine, openid: string): Promise<string> {
  const body = JSON.stringify({ code: `code-${openid}` });
  const answer = await line.request('POST', '/api/v1/login/wechat', body, json, timeoutMs);
  if (answer.status !== 200) throw new Error(`a resident could not sign in: ${answer.status} ${answer.body}`);
  return (JSON.parse(answer.body) as { token: string }).token;
}

const json = { 'Content-Type': 'application/json' };

/** Null when the case is there, else why not. */
async function writeOne(line: HttpLine, seat: number, token: string, key: string, book: Book): Promise<string | null> {
  const { name, idNumber, phone } = personaOf(seat);
  const body = JSON.stringify({
    itemId: 'elder-bus',
    applicant: { name, idNumber, phone },
    answers: { kind: '新办卡' },
    subdistrictId: seat % 2 === 0 ? 'guihua' : 'wutong',
  });
  const headers = { ...json, Authorization: `Bearer ${token}`, 'Idempotency-Key': key };
  const began = performance.now();
  try {
    const answer = await line.request('POST', '/api/v1/cases', body, headers, timeoutMs);
    if (answer.status !== 201) return `HTTP ${answer.status} ${answer.body.slice(0, 160)}`;
    book.latency.record((performance.now() - began) * 1000);
    book.numbers.push((JSON.parse(answer.body) as { number: string }).number);
    book.marks.set(book.numbers.length, performance.now());
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
