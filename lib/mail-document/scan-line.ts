import type { LinkTarget } from "@/lib/mail-document/document";
import { closingOf, readAddress } from "@/lib/mail-document/read-address";

/** One to three asterisks, and which of them turned out to be marks. */
export type Stars = {
  type: "stars";
  count: number;
  canOpen: boolean;
  canClose: boolean;
  bold: boolean;
  italic: boolean;
};

/** A bracket that opens; without a target it is text. */
export type Opening = { type: "open"; target: LinkTarget | null };

export type Token =
  | { type: "text"; text: string }
  | { type: "variable"; name: string }
  | { type: "close" }
  | Opening
  | Stars;

const namedHere = /\{\{ *([a-z][a-z0-9-]{0,39}) *\}\}/y;
const MOST_STARS = 3;

/** The variable that begins at a place of a line, and where it ends. */
export function variableAt(line: string, at: number): { name: string; end: number } | null {
  namedHere.lastIndex = at;
  const name = namedHere.exec(line)?.[1];
  return name === undefined ? null : { name, end: namedHere.lastIndex };
}

/**
 * A line of the notation in its parts. Each character is looked at a fixed number of times, whatever
 * the line is: drafts of 60,000 brackets are read at every pause in typing.
 */
export function scanLine(line: string): Token[] {
  const tokens: Token[] = [];
  const open: number[] = [];
  const closing = line.includes("](") ? closingOf(line) : null;
  let text = "";
  // Whether what stands before is a blank, or nothing.
  let isAfterBlank = true;
  const flush = () => {
    if (text !== "") tokens.push({ type: "text", text });
    text = "";
  };
  const push = (token: Token) => {
    flush();
    tokens.push(token);
    isAfterBlank = false;
  };

  const stars = (start: number): number => {
    let end = start;
    while (line[end] === "*") end += 1;
    const count = end - start;
    if (count > MOST_STARS) {
      text += line.slice(start, end);
      isAfterBlank = false;
      return end;
    }
    const canOpen = end < line.length && line[end] !== " ";
    const found = { canOpen, canClose: !isAfterBlank, bold: false, italic: false };
    push({ type: "stars", count, ...found });
    return end;
  };

  const bracket = (at: number): number => {
    flush();
    const opened = open.pop();
    const opening = opened === undefined ? undefined : tokens[opened];
    const close = line[at + 1] === "(" ? (closing?.[at + 1] ?? -1) : -1;
    const hasWords = opened !== undefined && opened < tokens.length - 1;
    const target = hasWords && close >= 0 ? readAddress(line, at + 1, close) : null;
    if (target === null || opening?.type !== "open") {
      text = "]";
      isAfterBlank = false;
      return at + 1;
    }
    opening.target = target;
    push({ type: "close" });
    // No link stands in a link.
    open.length = 0;
    return close + 1;
  };

  for (let at = 0; at < line.length; ) {
    const character = line[at] ?? "";
    const variable = character === "{" ? variableAt(line, at) : null;
    if (character === "*") at = stars(at);
    else if (character === "]") at = bracket(at);
    else if (character === "[") {
      push({ type: "open", target: null });
      open.push(tokens.length - 1);
      at += 1;
    } else if (variable) {
      push({ type: "variable", name: variable.name });
      at = variable.end;
    } else {
      const isEscape = character === "\\" && at + 1 < line.length;
      text += isEscape ? line[at + 1] : character;
      isAfterBlank = !isEscape && character === " ";
      at += isEscape ? 2 : 1;
    }
  }
  flush();
  return tokens;
}
