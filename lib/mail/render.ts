import { log } from "@/lib/log/log";
import { compiledOf } from "@/lib/mail/compiled-mails";
import { fillMail } from "@/lib/mail/fill-mail";
import { rowOf } from "@/lib/mail/kinds";
import { lacksOf } from "@/lib/mail/lacks";
import { contentsOf, type MailContents } from "@/lib/mail/mail-contents";
import { shapeOf } from "@/lib/mail/mail-shape";
import type { Carried, MailToShow } from "@/lib/mail/mail-to-show";
import type { RenderedMail } from "@/lib/mail/rendered-mail";

const names = { until: "its end", reference: "its reference", more: "what it gathers" } as const;

/** What a mail is lacking that its kind needs; empty for one that is whole. */
function lackingOf({ kind, facts }: MailToShow, { code, linkToken }: Carried): string[] {
  const { carries, needs } = rowOf(kind);
  const lacksCode = carries === "code" && !/^\d{6}$/.test(code ?? "");
  const lacksLink = carries !== "code" && carries !== null && !linkToken;
  return [
    ...(lacksCode ? ["its code of six digits"] : []),
    ...(lacksLink ? ["the token of its link"] : []),
    ...needs.filter((fact) => facts[fact] === undefined).map((fact) => names[fact]),
  ];
}

async function fill(contents: MailContents): Promise<RenderedMail> {
  const filled = fillMail(await compiledOf(shapeOf(contents)), contents);
  const lacks = lacksOf(filled, contents);
  if (lacks.length > 0) throw new Error(`The mail came out without: ${lacks.join(", ")}.`);
  return filled;
}

/**
 * Makes subject, HTML and plain text of a mail. The same row gives the same mail however often it
 * is tried: providers compare repeated requests. What cannot be filled is rendered by its template,
 * which gives the same.
 *
 * @throws when the code, the token or the facts that the kind needs are missing
 */
export async function renderMail(mail: MailToShow, carried: Carried = {}): Promise<RenderedMail> {
  const lacking = lackingOf(mail, carried);
  if (lacking.length > 0) {
    throw new Error(`A mail of kind ${mail.kind} needs ${lacking.join(" and ")}.`);
  }
  const contents = contentsOf(mail, carried);
  try {
    return await fill(contents);
  } catch (error) {
    log.warn(
      { kind: mail.kind, locale: mail.locale, error },
      "A mail could not be filled and was rendered by its template.",
    );
    const { renderBuiltIn } = await import("@/lib/mail/render-built-in");
    return renderBuiltIn(contents);
  }
}
