/** What `look` finds as soon as it finds something; fails after twenty seconds of nothing. */
export async function eventually<T>(look: () => Promise<T | null | undefined>): Promise<T> {
  for (const until = Date.now() + 20_000; ;) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    if (Date.now() > until) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
