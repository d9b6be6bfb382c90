import { withAddresses } from "@/lib/history/list-mails";
import { defaultLocale, isLocale, type Locale } from "@/lib/i18n/locales";
import { findEdition, findLiveTexts } from "@/lib/mail/edited/edition-store";
import { isServed } from "@/lib/mail/edited/served";
import { mailFactsSchema } from "@/lib/mail/facts";
import { linkTypeOf, type MailKind, rowOf } from "@/lib/mail/kinds";
import { contentsOf } from "@/lib/mail/mail-contents";
import { shapeOf } from "@/lib/mail/mail-shape";
import type { Carried } from "@/lib/mail/mail-to-show";
import { makeMail } from "@/lib/mail/render";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import type { StoredMail } from "@/lib/support/mail-store";
import type { WriteAddress } from "@/lib/support/timeline";

/** A mail as it was sent, masked. */
export type MadeAgain = {
  made: RenderedMail;
  /** Its published text; `fell-back`: the built-in one, as that could not be used. */
  of: "text" | "fell-back" | "built-in";
};

// It is made with this code, which is nobody's, and shows dots where that stands.
const STAND_IN = "571394";
const DOTS = "••••••";
const inWords = new RegExp(STAND_IN, "g");
const inMarkup = new RegExp(`(?<![\\w#])${STAND_IN}(?!\\w)`, "g");

/** As makes no token: what a link leads to is shown without it. */
const NO_TOKEN = "none";

const carriedBy = (kind: MailKind, { notMeId }: StoredMail): Carried => ({
  code: rowOf(kind).carries === "code" ? STAND_IN : null,
  linkToken: linkTypeOf(kind) === null ? null : NO_TOKEN,
  notMeToken: notMeId === null ? null : NO_TOKEN,
});

/** Writes every address in what was stored of a mail; nothing else of it changes. */
function rewritten(value: unknown, write: WriteAddress): unknown {
  if (typeof value === "string") return withAddresses(value, write);
  if (Array.isArray(value)) return value.map((one) => rewritten(one, write));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, rewritten(one, write)]),
  );
}

const withoutTokens = (text: string) => text.replaceAll(`?token=${NO_TOKEN}`, "");

function masked({ subject, html, text }: RenderedMail, { code }: Carried): RenderedMail {
  const bare = { subject, html: withoutTokens(html), text: withoutTokens(text) };
  if (code === null) return bare;
  return {
    subject: bare.subject.replace(inWords, DOTS),
    html: bare.html.replace(inMarkup, DOTS),
    text: bare.text.replace(inWords, DOTS),
  };
}

/** The language that a mail is written in. */
export const localeOfMail = ({ locale }: { locale: string }): Locale =>
  isLocale(locale) ? locale : defaultLocale;

/**
 * Makes a mail again as it was sent, of what was live at its edition, by the code that sends: with dots for
 * its code, which is not made, and without the tokens of its links, likewise. One that was never tried is
 * made of what is live now.
 *
 * @param write how addresses in it are written
 * @returns null where it cannot be made any more
 * @throws when the database is away
 */
export async function makeAgain(
  mail: StoredMail,
  kind: MailKind,
  write: WriteAddress,
): Promise<MadeAgain | null> {
  const edition =
    mail.edition === null && mail.state === "queued" ? await findEdition() : mail.edition;
  const live = await findLiveTexts(
    kind,
    localeOfMail(mail),
    edition === null ? null : Number(edition),
  );
  const facts = mailFactsSchema.safeParse(rewritten(mail.facts, write));
  if (!facts.success) return null;
  const { id, locale, timeZone, createdAt } = mail;
  const ownerName = mail.ownerName && withAddresses(mail.ownerName, write);
  const shown = { ...{ id, kind, locale, timeZone, createdAt, ownerName }, facts: facts.data };
  const carried = carriedBy(kind, mail);
  try {
    const { made, fallbacks } = await makeMail(shown, carried, live);
    const isText =
      live.text !== null && isServed(shapeOf(contentsOf(shown, carried)), live.text.edited);
    const fellBack = fallbacks.some(({ subject }) => subject === kind);
    return {
      made: masked(made, carried),
      of: fellBack ? "fell-back" : isText ? "text" : "built-in",
    };
  } catch {
    return null;
  }
}
