/**
 * Awaits statements of one transaction that share a round trip. Of several failures the first in order is thrown: it is
 * the cause, and PostgreSQL refuses what follows for its sake.
 */
export async function together<T extends readonly unknown[]>(
  ...statements: { [K in keyof T]: Promise<T[K]> }
): Promise<T> {
  const settled = await Promise.allSettled(statements);
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as T;
}
