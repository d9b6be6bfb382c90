const listeners = new Set<(text: string) => void>();

/**
 * Calls a listener with the text of each statement that goes to the database.
 *
 * @returns ends it
 */
export function onStatement(listener: (text: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reports what goes to the database to whoever listens. */
export function reportStatement(query: unknown): void {
  if (listeners.size === 0) return;
  const text = typeof query === "string" ? query : (query as { text?: unknown } | null)?.text;
  if (typeof text === "string") for (const listener of listeners) listener(text);
}
