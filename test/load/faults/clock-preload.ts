import { readFileSync } from 'node:fs';

/** Loaded before the product: this process's clock goes wrong by the milliseconds written in `BENCH_CLOCK_FILE`. */
const RealDate = Date;
const file = process.env['BENCH_CLOCK_FILE'] ?? '';
let offsetMs = 0;

setInterval(() => {
  try {
    offsetMs = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    offsetMs = 0;
  }
}, 100).unref();

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], asked) =>
    Reflect.construct(target, args.length === 0 ? [RealDate.now() + offsetMs] : args, asked) as Date,
  apply: (target) => new target(RealDate.now() + offsetMs).toString(),
  get: (target, name, receiver) =>
    name === 'now' ? (): number => RealDate.now() + offsetMs : (Reflect.get(target, name, receiver) as unknown),
});
