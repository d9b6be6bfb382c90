import { escapeHtml } from "@/lib/mail/escape-html";
import { rowOf } from "@/lib/mail/kinds";
import type { MailContents } from "@/lib/mail/mail-contents";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { inOneLine, wellFormed } from "@/lib/mail/text-values";

const html = (text: string) => escapeHtml(wellFormed(text));

const standsAlone = (line: string, text: string) => `\n${text}\n`.includes(`\n${line}\n`);

/** Whether all of some parts stand in a text, in their order. */
function hasInOrder(text: string, parts: string[]): boolean {
  let at = 0;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}

// An address of a host that has such a number in its name is nobody's code.
const numbersIn = (text: string) =>
  text.replace(/^https?:.*$/gm, "").match(/(?<!\d)\d{6}(?!\d)/g) ?? [];

/**
 * What a mail that was made lacks of what its kind promises, by names: its code (in the subject,
 * alone on a line of the text, the only number of six digits there), its end, its reference, its
 * facts, its links. Empty for one that is whole.
 */
export function lacksOf(made: RenderedMail, contents: MailContents): string[] {
  const { code, facts } = contents;
  const { needs } = rowOf(contents.kind);
  const lacks: string[] = needs.filter((name) => {
    const value = contents.value(name === "more" ? "what" : name);
    return !made.html.includes(html(value)) || !made.text.includes(inOneLine(value));
  });
  if (code !== null) {
    const isThere =
      made.subject.includes(code) &&
      made.html.includes(`>${code}<`) &&
      standsAlone(code, made.text) &&
      numbersIn(made.text).join() === code;
    if (!isThere) lacks.push("code");
  }
  for (const name of ["link", "notMe"] as const) {
    const address = contents[name];
    if (address === null) continue;
    const isThere =
      made.html.includes(`href="${html(address)}"`) && standsAlone(address, made.text);
    if (!isThere) lacks.push(name);
  }
  const inHtml = facts.flatMap(({ label, value }) => [`>${html(label)}<`, `>${html(value)}<`]);
  const inText = facts.flatMap(({ label, value }) => [inOneLine(label), inOneLine(value)]);
  if (!hasInOrder(made.html, inHtml) || !hasInOrder(made.text, inText)) lacks.push("facts");
  return lacks;
}
