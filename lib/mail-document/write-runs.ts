import type { LinkTarget } from "@/lib/mail-document/document";
import { escapeAddress, escapePlain, escapeText } from "@/lib/mail-document/escape";
import { isSameTarget, type Run } from "@/lib/mail-document/tidy-line";

type Emphasis = { bold: boolean; italic: boolean };

/** What is written between two changes of bold or italic. */
type Part = Emphasis & { written: string };

const none: Emphasis = { bold: false, italic: false };

const emphasisOf = (run: Run): Emphasis => ({
  bold: run.bold === true,
  italic: run.italic === true,
});

const writeVariable = (name: string) => `{{${name}}}`;

export const writeTarget = (target: LinkTarget): string =>
  "to" in target ? escapeAddress(target.to) : writeVariable(target.variable);

const partOf = (run: Run): Part => ({
  ...emphasisOf(run),
  written: "text" in run ? escapeText(run.text) : writeVariable(run.variable),
});

const doesEnd = (from: Emphasis, to: Emphasis) =>
  (from.bold && !to.bold) || (from.italic && !to.italic);

const starsBetween = (from: Emphasis, to: Emphasis) =>
  (from.bold === to.bold ? "" : "**") + (from.italic === to.italic ? "" : "*");

/** Parts one after the other, inside an emphasis that is on already. */
function writeParts(parts: Part[], around: Emphasis): string {
  let written = "";
  let before = around;
  parts.forEach((part, index) => {
    const after = parts[index + 1] ?? around;
    // Asterisks beside a blank open and close nothing.
    const doesStart = doesEnd(part, before) && part.written.startsWith(" ");
    const doesClose = doesEnd(part, after) && part.written.endsWith(" ");
    const isOneBlank = part.written === " ";
    const start = doesStart || (doesClose && isOneBlank) ? `\\${part.written}` : part.written;
    const escaped = doesClose && !isOneBlank ? `${start.slice(0, -1)}\\ ` : start;
    written += starsBetween(before, part) + escaped;
    before = part;
  });
  return written + starsBetween(before, around);
}

/** A link: what all of its words have is put around it, the rest inside. */
function writeLink(runs: Run[], target: LinkTarget): Part {
  const common = {
    bold: runs.every(({ bold }) => bold === true),
    italic: runs.every(({ italic }) => italic === true),
  };
  const words = writeParts(runs.map(partOf), common);
  return { ...common, written: `[${words}](${writeTarget(target)})` };
}

/** Runs in their normal form as a line of the notation. */
export function writeRuns(runs: Run[]): string {
  const parts: Part[] = [];
  for (let start = 0; start < runs.length; ) {
    const first = runs[start];
    if (first === undefined) break;
    let end = start + 1;
    const { link } = first;
    while (link !== undefined && end < runs.length && isSameTarget(runs[end]?.link, link)) end += 1;
    parts.push(link === undefined ? partOf(first) : writeLink(runs.slice(start, end), link));
    start = end;
  }
  return writeParts(parts, none);
}

/** As `writeRuns` of text and variables alone. */
export const writePlainRuns = (runs: Run[]): string =>
  runs.map((run) => ("text" in run ? escapePlain(run.text) : writeVariable(run.variable))).join("");
