/** That the database took longer over something than whoever asked may wait for it. */
export class TooLate extends Error {}

/**
 * Waits for something of the database, but no longer than so many milliseconds: it may go on behind.
 *
 * @throws `TooLate` then
 */
export async function soon<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const isLate = () => reject(new TooLate(`The database takes longer than ${milliseconds} ms.`));
    timer = setTimeout(isLate, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
