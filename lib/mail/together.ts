/**
 * Does something for many at once: what is asked for while it is being done is done next, together. Where
 * that fails each is done alone, so that one cannot fail the others.
 *
 * @param work for some of them; throws where it did nothing
 */
export function together<Item>(
  work: (items: Item[]) => Promise<void>,
): (item: Item) => Promise<void> {
  let waiting: Item[] = [];
  let next: Promise<Item[]> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  return async (item) => {
    waiting.push(item);
    next ??= last.then(async () => {
      const items = waiting;
      waiting = [];
      next = null;
      await work(items);
      return items;
    });
    const mine = next;
    last = mine.catch(() => undefined);
    try {
      await mine;
    } catch {
      await work([item]);
    }
  };
}
