import type { Fact } from "@/emails/mail-view";
import { paragraphsOf } from "@/emails/paragraphs";
import { env } from "@/lib/env/env";
import { requiredOf, variablesOf } from "@/lib/mail/edited/variables";
import { escapeHtml } from "@/lib/mail/escape-html";
import type { MailKind } from "@/lib/mail/kinds";
import type { MailContents } from "@/lib/mail/mail-contents";
import type { MailValue } from "@/lib/mail/mail-values";
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
  text.replaceAll(env().appUrl, "").match(/(?<!\d)\d{6}(?!\d)/g) ?? [];

/** Whether an address stands in a text where it ends: alone on its line, or in brackets behind words. */
const leadsTo = (address: string, text: string) =>
  standsAlone(address, text) || text.includes(`(${address})`);

const namedOf = (kind: MailKind) => ({
  required: requiredOf(kind),
  showsMessage: variablesOf(kind).some(({ name }) => name === "message"),
});
const named: { [kind in MailKind]?: ReturnType<typeof namedOf> } = {};

// Each has a rule of its own below.
const apart = ["code", "link", "facts", "happened", "message"];

const hasCode = (code: string, { subject, html: whole, text }: RenderedMail) =>
  subject.includes(code) &&
  whole.includes(`>${code}<`) &&
  standsAlone(code, text) &&
  numbersIn(text).every((number) => number === code);

function hasFacts(facts: Fact[], { html: whole, text }: RenderedMail): boolean {
  const inHtml = facts.flatMap(({ label, value }) => [`>${html(label)}<`, `>${html(value)}<`]);
  const inText = facts.flatMap(({ label, value }) => [inOneLine(label), inOneLine(value)]);
  return hasInOrder(whole, inHtml) && hasInOrder(text, inText);
}

function hasMessage(message: string, { html: whole, text }: RenderedMail): boolean {
  const paragraphs = paragraphsOf(message);
  return (
    hasInOrder(
      whole,
      paragraphs.map((one) => `>${html(one)}<`),
    ) && hasInOrder(text, paragraphs.map(inOneLine))
  );
}

/**
 * What a mail that was made lacks of what its kind promises, by names: its code (in the subject,
 * alone on a line of the text, the only number of six digits there), its own reference, all that a
 * text of its kind must name, its facts, its links. Empty for one that is whole.
 */
export function lacksOf(made: RenderedMail, contents: MailContents): string[] {
  const { kind, code, facts, happened, message } = contents;
  named[kind] ??= namedOf(kind);
  const { required, showsMessage } = named[kind];
  const values = [...required.filter((name) => !apart.includes(name)), "mail"] as MailValue[];
  const lacks: string[] = values.filter((name) => {
    const value = contents.value(name);
    return !made.html.includes(html(value)) || !made.text.includes(inOneLine(value));
  });
  if (code !== null && !hasCode(code, made)) lacks.push("code");
  for (const name of ["link", "notMe"] as const) {
    const address = contents[name];
    if (address === null) continue;
    const isThere = made.html.includes(`href="${html(address)}"`) && leadsTo(address, made.text);
    if (!isThere) lacks.push(name);
  }
  if (!hasFacts(facts, made)) lacks.push("facts");
  if (required.includes("happened") && !hasFacts(happened, made)) lacks.push("happened");
  if (showsMessage && message !== null && !hasMessage(message, made)) lacks.push("message");
  return lacks;
}
