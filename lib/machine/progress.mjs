/**
 * Says what is being prepared before there is an answer. On standard error: whoever reads a command's answer
 * from standard output, as a script does, finds nothing else in it.
 * @param {string} text one line
 */
export function sayProgress(text) {
  process.stderr.write(`${text}\n`);
}
