import { setTimeout as pause } from "node:timers/promises";

/** That the database took longer over something than whoever asked may wait for it. */
export class TooLate extends Error {}

/**
 * Waits for something of the database, but no longer than so many milliseconds: it may go on behind.
 *
 * @throws `TooLate` then
 */
export async function soon<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const waiting = new AbortController();
  const late = pause(milliseconds, undefined, { signal: waiting.signal }).then(() => {
    throw new TooLate(`The database takes longer than ${milliseconds} ms.`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    waiting.abort();
    late.catch(() => {});
    work.catch(() => {});
  }
}
