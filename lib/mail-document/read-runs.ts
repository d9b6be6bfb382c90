import type { LinkTarget } from "@/lib/mail-document/document";
import { type Stars, scanLine, type Token, variableAt } from "@/lib/mail-document/scan-line";
import { type Run, tidyRuns } from "@/lib/mail-document/tidy-line";

const marks = ["bold", "italic"] as const;
type Mark = (typeof marks)[number];

const means: Record<Mark, readonly number[]> = { bold: [2, 3], italic: [1, 3] };
const written: Record<Mark, string> = { bold: "**", italic: "*" };

const has = ({ count }: Stars, mark: Mark) => means[mark].includes(count);

/** Finds to each asterisk that opens the one that closes it; the others stay text. */
function pairStars(tokens: Token[]): void {
  const opened: Record<Mark, Stars | null> = { bold: null, italic: null };
  for (const token of tokens) {
    if (token.type !== "stars") continue;
    for (const mark of marks) {
      if (!has(token, mark)) continue;
      const opening = opened[mark];
      if (opening !== null && token.canClose) {
        opening[mark] = true;
        token[mark] = true;
        opened[mark] = null;
      } else if (opening === null && token.canOpen) opened[mark] = token;
    }
  }
}

/** A line with marks, links and variables, in its normal form. Any text is one. */
export function readRuns(line: string): Run[] {
  const tokens = scanLine(line);
  pairStars(tokens);
  const runs: Run[] = [];
  const on: Record<Mark, boolean> = { bold: false, italic: false };
  let link: LinkTarget | null = null;
  const marksNow = () => ({
    ...(on.bold && { bold: true as const }),
    ...(on.italic && { italic: true as const }),
    ...(link !== null && { link }),
  });
  const put = (text: string) => runs.push({ text, ...marksNow() });

  for (const token of tokens) {
    switch (token.type) {
      case "text":
        put(token.text);
        break;
      case "variable":
        runs.push({ variable: token.name, ...marksNow() });
        break;
      case "open":
        if (token.target === null) put("[");
        else link = token.target;
        break;
      case "close":
        link = null;
        break;
      case "stars":
        for (const mark of marks) {
          if (has(token, mark) && !token[mark]) put(written[mark]);
        }
        for (const mark of marks) {
          if (token[mark]) on[mark] = !on[mark];
        }
    }
  }
  return tidyRuns(runs);
}

/** A line of text and variables alone, as the subject is, in its normal form. Any text is one. */
export function readPlainRuns(line: string): Run[] {
  const runs: Run[] = [];
  let text = "";
  for (let at = 0; at < line.length; ) {
    const variable = line[at] === "{" ? variableAt(line, at) : null;
    if (variable) {
      runs.push({ text }, { variable: variable.name });
      text = "";
      at = variable.end;
      continue;
    }
    const isEscape = line[at] === "\\" && at + 1 < line.length;
    text += isEscape ? line[at + 1] : line[at];
    at += isEscape ? 2 : 1;
  }
  return tidyRuns([...runs, { text }]);
}
