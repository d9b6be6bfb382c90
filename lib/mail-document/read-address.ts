import { cleanAddress } from "@/lib/mail-document/clean-text";
import type { LinkTarget } from "@/lib/mail-document/document";
import { unescaped } from "@/lib/mail-document/escape";

const HTTPS = "https://";

// A longer one is no name, however many blanks stand around it.
const VARIABLE_CHARACTERS_MOST = 100;
const variable = /^ *(?:\{\{ *([a-z][a-z0-9-]{0,39}) *\}\}|([a-z][a-z0-9-]{0,39})) *$/;

/** Of each `(` of a line the `)` that closes it, -1 if none does; escaped ones are none. */
export function closingOf(line: string): Int32Array {
  const closing = new Int32Array(line.length).fill(-1);
  const open: number[] = [];
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === "\\") at += 1;
    else if (line[at] === "(") open.push(at);
    else if (line[at] === ")") {
      const opened = open.pop();
      if (opened !== undefined) closing[opened] = at;
    }
  }
  return closing;
}

/** What stands between two brackets of a line as a link's target; null if it is none. */
export function readAddress(line: string, open: number, close: number): LinkTarget | null {
  let start = open + 1;
  while (line[start] === " ") start += 1;
  if (line.slice(start, start + HTTPS.length).toLowerCase() === HTTPS) {
    const rest = unescaped(line.slice(start + HTTPS.length, close));
    return { to: cleanAddress(`${HTTPS}${rest}`) };
  }
  if (close - open > VARIABLE_CHARACTERS_MOST) return null;
  const named = variable.exec(line.slice(open + 1, close));
  const name = named?.[1] ?? named?.[2];
  return name === undefined ? null : { variable: name };
}
