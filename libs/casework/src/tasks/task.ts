import { Refusal, type RefusalDetail } from '@linli/kernel';

export const taskKinds = ['resolution', 'proposalReply', 'deliberation', 'purchasedService', 'volunteer'] as const;
/** 联席会议决议、建议答复（建议权）、议事、购买服务、志愿服务（社区吹哨、党员报到）. */
export type TaskKind = (typeof taskKinds)[number];

export const taskStates = ['open', 'taken', 'done', 'published', 'dropped'] as const;
export type TaskState = (typeof taskStates)[number];

/** A thing to be done that is no case: who owns it, by when, and what came of it. */
export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  readonly state: TaskState;
  readonly subdistrictId: string;
  readonly owner: { readonly id: string; readonly name: string };
  readonly title: string;
  readonly detail: string;
  readonly dueOn: string;
  /** How many people may take it. */
  readonly wanted: number;
  readonly taken: number;
  readonly createdAt: Date;
  readonly result: string | null;
  readonly evidence: readonly string[];
  readonly doneAt: Date | null;
  readonly inTime: boolean | null;
  readonly publishedAt: Date | null;
}

/** What each kind must show when it is done: a reply or result in words, or evidence. */
const proof: Readonly<Record<TaskKind, 'words' | 'evidence'>> = {
  resolution: 'words',
  proposalReply: 'words',
  deliberation: 'words',
  purchasedService: 'evidence',
  volunteer: 'evidence',
};
const shortestResult = 5;

/** What a step needs the task to be in, and refuses in any other. */
const allowedIn = {
  change: ['open'],
  take: ['open'],
  finish: ['open', 'taken'],
  publish: ['done'],
  drop: ['open', 'taken'],
} as const satisfies Record<string, readonly TaskState[]>;

/** The task if the step is allowed now. */
export function readyFor(step: keyof typeof allowedIn, task: Task): Task {
  const states: readonly TaskState[] = allowedIn[step];
  if (states.includes(task.state)) return task;
  if (step === 'take' && task.state === 'taken') throw new Refusal('task.full');
  throw new Refusal('task.wrongState');
}

/** Refuses a result that does not show what its kind must: a reply in writing (建议权), a result, or evidence. */
export function checkResult(kind: TaskKind, result: string, evidence: readonly string[]): void {
  const problems: RefusalDetail[] = [];
  if (proof[kind] === 'words' && Array.from(result.trim()).length < shortestResult)
    problems.push({ at: 'result', problem: kind === 'proposalReply' ? '请写明书面答复' : '请写明结果' });
  if (proof[kind] === 'evidence' && evidence.length === 0)
    problems.push({ at: 'fileIds', problem: '请附上照片或文书' });
  if (problems.length > 0) throw new Refusal('task.invalid', problems);
}
