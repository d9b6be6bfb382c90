import { cleanAddress, trimBlanksAtEnd, trimBlanksAtStart } from "@/lib/mail-document/clean-text";
import type { Inline, LinkTarget } from "@/lib/mail-document/document";

/** What stands in a line and does not end it. */
export type Run = Exclude<Inline, { break: true }>;

export const isBreak = (inline: Inline): inline is { break: true } => "break" in inline;

/** Whether two links lead to the same; two that are none do. */
export function isSameTarget(one: LinkTarget | undefined, other: LinkTarget | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if ("to" in one) return "to" in other && one.to === other.to;
  return "variable" in other && one.variable === other.variable;
}

/** A target in its normal form. */
export const tidyTarget = (target: LinkTarget): LinkTarget =>
  "to" in target ? { to: cleanAddress(target.to) } : { variable: target.variable };

function tidyRun(run: Run): Run {
  const marks = {
    ...(run.bold === true && { bold: true as const }),
    ...(run.italic === true && { italic: true as const }),
    ...(run.link !== undefined && { link: tidyTarget(run.link) }),
  };
  return "text" in run ? { text: run.text, ...marks } : { variable: run.variable, ...marks };
}

const hasSameMarks = (one: Run, other: Run) =>
  one.bold === other.bold && one.italic === other.italic && isSameTarget(one.link, other.link);

function joined(runs: Run[]): Run[] {
  const line: Run[] = [];
  for (const run of runs.map(tidyRun)) {
    if ("text" in run && run.text === "") continue;
    const last = line.at(-1);
    if (last && "text" in last && "text" in run && hasSameMarks(last, run)) last.text += run.text;
    else line.push(run);
  }
  return line;
}

/** A line in its normal form: runs of the same marks are one, and no blanks stand at its ends. */
export function tidyRuns(runs: Run[]): Run[] {
  const line = joined(runs);
  let start = 0;
  let end = line.length;
  for (; start < end; start += 1) {
    const first = line[start];
    if (first === undefined || !("text" in first)) break;
    first.text = trimBlanksAtStart(first.text);
    if (first.text !== "") break;
  }
  for (; end > start; end -= 1) {
    const last = line[end - 1];
    if (last === undefined || !("text" in last)) break;
    last.text = trimBlanksAtEnd(last.text);
    if (last.text !== "") break;
  }
  return line.slice(start, end);
}

/** Content as its lines, each in its normal form; lines without anything are left out. */
export function tidyLines(content: Inline[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const inline of content) {
    if (isBreak(inline)) lines.push([]);
    else lines.at(-1)?.push(inline);
  }
  return lines.map(tidyRuns).filter((line) => line.length > 0);
}

/** Lines as one content again. */
export const joinLines = (lines: Run[][]): Inline[] =>
  lines.flatMap((line, index) => (index === 0 ? line : [{ break: true as const }, ...line]));

/** Content on one line: what ended its lines is a blank. */
export const onOneLine = (content: Inline[]): Run[] =>
  tidyRuns(content.map((inline) => (isBreak(inline) ? { text: " " } : inline)));
