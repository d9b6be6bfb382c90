import type { Fact } from "@/emails/mail-view";
import { paragraphsOf } from "@/emails/paragraphs";
import type { CompiledMail, Holed, HtmlHole, SingleHole, TextHole } from "@/lib/mail/compiled-mail";
import { escapeHtml } from "@/lib/mail/escape-html";
import type { MailContents } from "@/lib/mail/mail-contents";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { inOneLine, wellFormed } from "@/lib/mail/text-values";

/** What goes into a hole that is a single piece of text. An empty hole is an error, never a blank. */
function single(name: SingleHole, contents: MailContents): string {
  const text = name === "link" || name === "notMe" ? contents[name] : contents.value(name);
  if (text === null || inOneLine(text) === "") throw new Error(`There is no "${name}" to fill in.`);
  return text;
}

/** @param fill is given a hole, and the text before and behind it */
function fillHoles<Hole>(
  { literals, holes }: Holed<Hole>,
  fill: (hole: Hole, before: string, behind: string) => string,
): string {
  let text = literals[0] ?? "";
  for (const [index, hole] of holes.entries()) {
    const behind = literals[index + 1] ?? "";
    text += fill(hole, literals[index] ?? "", behind) + behind;
  }
  return text;
}

const html = (text: string) => escapeHtml(wellFormed(text));

function htmlIn(hole: HtmlHole, contents: MailContents): string {
  if (typeof hole === "string") return html(single(hole, contents));
  if ("rows" in hole) {
    const rows = contents[hole.rows].map(
      ({ label, value }) => html(label) + hole.between + html(value),
    );
    return rows.join(hole.apart);
  }
  if ("paragraphs" in hole) {
    return paragraphsOf(contents.message ?? "")
      .map(html)
      .join(hole.apart);
  }
  const line = fillHoles(hole.preview, (name) => single(name, contents)).slice(0, hole.longest);
  const room = hole.longest - line.length;
  return html(line) + (room > 0 ? `<div>${hole.blank.repeat(room)}</div>` : "");
}

const COLUMN_GAP = 2;

/** Facts as lines of two columns. */
function columnsOf(facts: Fact[]): string {
  const lines = facts.map(({ label, value }) => [inOneLine(label), inOneLine(value)] as const);
  const width = Math.max(...lines.map(([label]) => label.length)) + COLUMN_GAP;
  return lines.map(([label, value]) => label.padEnd(width) + value).join("\n");
}

function textIn(hole: TextHole, contents: MailContents, before: string, behind: string): string {
  if (typeof hole !== "string") {
    return "columns" in hole
      ? columnsOf(contents[hole.columns])
      : paragraphsOf(contents.message ?? "")
          .map(inOneLine)
          .join(hole.apart);
  }
  const text = single(hole, contents);
  const line = inOneLine(text);
  // At the edges of a value one blank stays, unless the sentence has it or ends there.
  const start = /^[ \t\n\r\f\u200b]/.test(text) && !/(^|\s)$/.test(before) ? " " : "";
  const end = /[ \t\n\r\f\u200b]$/.test(text) && !/^(\s|$)/.test(behind) ? " " : "";
  return start + line + end;
}

/** What lists of mails show of a mail behind its subject, as it was written: they cut it themselves. */
export function previewLineOf({ html: { holes } }: CompiledMail, contents: MailContents): string {
  const hole = holes.find((one) => typeof one === "object" && "preview" in one);
  if (hole === undefined || typeof hole === "string" || !("preview" in hole)) return "";
  return inOneLine(fillHoles(hole.preview, (name) => single(name, contents)));
}

/**
 * Fills a compiled mail: what goes into its HTML is escaped, what goes into its text is put in lines.
 *
 * @throws where there is nothing for a hole
 */
export function fillMail(compiled: CompiledMail, contents: MailContents): RenderedMail {
  return {
    subject: fillHoles(compiled.subject, (name) => single(name, contents)),
    html: fillHoles(compiled.html, (hole) => htmlIn(hole, contents)),
    text: fillHoles(compiled.text, (hole, before, behind) =>
      textIn(hole, contents, before, behind),
    ).trim(),
  };
}
