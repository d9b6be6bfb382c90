/**
 * Says in one sentence that tests are skipped, and why: for `describe.skipIf` and `test.skipIf`.
 *
 * @param isLacking what they need cannot be had here
 * @param sentence which tests, and what they need
 * @returns whether they are skipped
 */
export function isSkipped(isLacking: boolean, sentence: string): boolean {
  if (isLacking) process.stderr.write(`Skipped: ${sentence}\n`);
  return isLacking;
}
