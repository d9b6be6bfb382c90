/**
 * Keeps what is costly to make, by its key: made once, and again only after `limit` others were
 * asked for since.
 */
export function keepLast<Value extends object | string>(
  limit: number,
): (key: string, make: () => Value) => Value {
  const kept = new Map<string, Value>();
  return (key, make) => {
    const value = kept.get(key) ?? make();
    // A Map keeps the order in which its entries came: what is asked for comes last again.
    kept.delete(key);
    kept.set(key, value);
    const [oldest] = kept.keys();
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
