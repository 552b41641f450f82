import { readdirSync, readFileSync } from 'node:fs';

/** What one process, or a group, used while it was watched. */
export interface Usage {
  readonly name: string;
  /** Of one core: 100 is one core kept busy. Null where the system has no /proc. */
  readonly cpuPercent: number | null;
  /** The largest resident set seen, in MB; null for PostgreSQL, whose processes share most of it. */
  readonly peakMb: number | null;
}

export interface Watched {
  readonly usages: readonly Usage[];
  /** The largest sum of the product's resident sets at one moment, in MB. */
  readonly peakProductMb: number | null;
  /** What processes other than those watched took from the machine, in percent of one core. */
  readonly othersPercent: number | null;
}

interface Subject {
  readonly name: string;
  readonly pid: number;
  readonly isProduct: boolean;
}

const ticksPerSecond = 100;
const everyMs = 200;

/** Reads /proc a few times a second: processor time and resident memory of the product, the generator and PostgreSQL. */
export class Sampler {
  private readonly peaks = new Map<string, number>();
  private readonly first = new Map<number, number>();
  private readonly last = new Map<number, number>();
  private readonly began = performance.now();
  private readonly machineBefore = machineTicks();
  private readonly timer: NodeJS.Timeout;
  private peakProduct = 0;
  private starting = true;

  constructor(
    private readonly subjects: readonly Subject[],
    private readonly postmaster: number,
  ) {
    this.sample();
    this.starting = false;
    this.timer = setInterval(() => this.sample(), everyMs);
  }

  stop(): Watched {
    clearInterval(this.timer);
    this.sample();
    const seconds = (performance.now() - this.began) / 1000;
    const used = (pids: readonly number[]): number =>
      pids.reduce((sum, pid) => sum + (this.last.get(pid) ?? 0) - (this.first.get(pid) ?? 0), 0);
    const percent = (ticks: number): number => (ticks / ticksPerSecond / seconds) * 100;
    const known = new Set(this.subjects.map((one) => one.pid));
    const postgres = [...this.last.keys()].filter((pid) => !known.has(pid));
    const machine = machineTicks();
    if (machine === null || this.machineBefore === null)
      return { usages: [], peakProductMb: null, othersPercent: null };
    const all = used([...known]) + used(postgres);
    return {
      usages: [
        ...this.subjects.map(({ name, pid }) => ({
          name,
          cpuPercent: percent(used([pid])),
          peakMb: this.peaks.get(name) ?? null,
        })),
        { name: 'postgresql', cpuPercent: percent(used(postgres)), peakMb: null },
      ],
      peakProductMb: this.peakProduct,
      othersPercent: Math.max(0, percent(machine - this.machineBefore - all)),
    };
  }

  private sample(): void {
    let product = 0;
    for (const { name, pid, isProduct } of this.subjects) {
      this.note(pid);
      const mb = residentMb(pid);
      this.peaks.set(name, Math.max(this.peaks.get(name) ?? 0, mb));
      if (isProduct) product += mb;
    }
    this.peakProduct = Math.max(this.peakProduct, product);
    for (const pid of [this.postmaster, ...childrenOf(this.postmaster)]) this.note(pid);
  }

  private note(pid: number): void {
    const ticks = ticksOf(pid);
    if (ticks === null) return;
    // A process that came while watching has used all its time since then.
    if (!this.first.has(pid)) this.first.set(pid, this.starting ? ticks : 0);
    this.last.set(pid, ticks);
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** User and system time, in ticks. */
function ticksOf(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function residentMb(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '');
  return Number(found?.[1] ?? 0) / 1024;
}

function childrenOf(pid: number): number[] {
  const listed = read(`/proc/${pid}/task/${pid}/children`);
  if (listed !== null) return listed.trim().split(' ').filter(Boolean).map(Number);
  if (read('/proc/stat') === null) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
}

function parentOf(pid: string): number {
  const stat = read(`/proc/${pid}/stat`) ?? '';
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Ticks all processors were busy since the machine started. */
function machineTicks(): number | null {
  const line = read('/proc/stat')?.split('\n')[0];
  if (line === undefined) return null;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.split(/\s+/).slice(1).map(Number);
  return user + nice + system + irq + softirq;
}
