import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Histogram, type HistogramData } from './histogram';
import { HttpLine } from './http-line';
import { openidOf } from './resident';
import { personaOf } from './talk';

/** Cases carried from submission to closure over the API, each by one of `writers` at once, for a while. */
export interface LifecycleLoad {
  readonly kind: 'lifecycles';
  readonly ports: readonly number[];
  readonly writers: number;
  readonly warmUpMs: number;
  readonly ms: number;
  readonly dispatcher: SignIn;
  readonly department: SignIn & { readonly id: string };
  readonly itemId: string;
}

export interface SignIn {
  readonly account: string;
  readonly password: string;
}

export interface LifecycleSummary {
  readonly perSecond: number;
  /** Of one whole life: submission, acceptance, dispatch, signature, closure, a look at the list. */
  readonly latency: HistogramData;
  readonly failures: Readonly<Record<string, number>>;
}

const timeoutMs = 30_000;
const json = { 'Content-Type': 'application/json' };

interface Crew {
  readonly dispatcher: string;
  readonly department: string;
}

/** Carries cases through their lives until the time is over. */
export async function carryCases(load: LifecycleLoad): Promise<LifecycleSummary> {
  const crew = await signInCrew(load);
  const book = { latency: new Histogram(), failures: new Map<string, number>(), measuring: false, stopping: false };
  const running = [...Array(load.writers).keys()].map(async (writer) => {
    const line = new HttpLine(load.ports[writer % load.ports.length] ?? 0);
    const resident = await tokenOf(line, '/api/v1/login/wechat', { code: `code-${openidOf(700_000 + writer)}` });
    while (!book.stopping) {
      const began = performance.now();
      const failure = await live(line, load, crew, resident, writer);
      if (!book.measuring) continue;
      if (failure === null) book.latency.record((performance.now() - began) * 1000);
      else book.failures.set(failure, (book.failures.get(failure) ?? 0) + 1);
    }
    line.close();
  });
  await sleep(load.warmUpMs);
  const began = performance.now();
  book.measuring = true;
  await sleep(load.ms);
  book.measuring = false;
  const seconds = (performance.now() - began) / 1000;
  book.stopping = true;
  await Promise.all(running);
  return {
    perSecond: book.latency.count / seconds,
    latency: book.latency.toData(),
    failures: Object.fromEntries(book.failures),
  };
}

async function signInCrew(load: LifecycleLoad): Promise<Crew> {
  const line = new HttpLine(load.ports[0] ?? 0);
  const officer = ({ account, password }: SignIn): Promise<string> =>
    tokenOf(line, '/api/v1/login/officer', { account, password });
  const crew = { dispatcher: await officer(load.dispatcher), department: await officer(load.department) };
  line.close();
  return crew;
}

async function tokenOf(line: HttpLine, path: string, body: object): Promise<string> {
  const answer = await line.request('POST', path, JSON.stringify(body), json, timeoutMs);
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${answer.body.slice(0, 200)}`);
  return (JSON.parse(answer.body) as { token: string }).token;
}

/** One life; null when it went well, else what did not. */
async function live(
  line: HttpLine,
  { department, itemId }: LifecycleLoad,
  crew: Crew,
  resident: string,
  seat: number,
): Promise<string | null> {
  const ask = async (method: 'GET' | 'POST', path: string, token: string, body?: object): Promise<string> => {
    const headers = { ...json, Authorization: `Bearer ${token}`, ...(body && { 'Idempotency-Key': randomUUID() }) };
    const answer = await line.request(method, path, body ? JSON.stringify(body) : '', headers, timeoutMs);
    if (answer.status >= 300) throw new Error(`${method} ${path.replace(/\d{10,}/, '{number}')}: ${answer.status}`);
    return answer.body;
  };
  try {
    const { name, phone } = personaOf(seat);
    const application = { itemId, applicant: { name, phone }, subdistrictId: 'guihua' };
    const { number } = JSON.parse(await ask('POST', '/api/v1/cases', resident, application)) as { number: string };
    const at = `/api/v1/staff/cases/${number}`;
    await ask('POST', `${at}/acceptance`, crew.dispatcher, {});
    await ask('POST', `${at}/dispatches`, crew.dispatcher, { departmentId: department.id, role: 'lead' });
    await ask('POST', `${at}/sign-for`, crew.department, {});
    const closure = { outcome: 'granted', publicReply: '已办好', evidence: ['发放记录'] };
    await ask('POST', `${at}/closure`, crew.department, closure);
    await ask('GET', '/api/v1/staff/cases?due=soon&limit=20', crew.dispatcher);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
