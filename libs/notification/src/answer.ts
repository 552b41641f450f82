import type { DeliveryResult } from './delivery';

/** The platform's answer, or `retry` when it takes longer than `limitMs`: one deaf connection must not stop a worker. */
export async function inTime(answer: Promise<DeliveryResult>, limitMs: number): Promise<DeliveryResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<DeliveryResult>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'retry' }), limitMs);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
