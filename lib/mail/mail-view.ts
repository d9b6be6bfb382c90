import type { MailKind, MailView, SharedWords } from "@/emails/mail-view";
import { paragraphsOf } from "@/emails/paragraphs";
import { brandColors } from "@/lib/brand";
import { env } from "@/lib/env/env";
import { rowOf } from "@/lib/mail/kinds";
import { WAS_IT_US_PATH } from "@/lib/mail/links";
import type { MailContents } from "@/lib/mail/mail-contents";
import { hostValues, mailValueNames } from "@/lib/mail/mail-values";
import { fillWords } from "@/lib/mail/mail-words";
import { splitSixDigits } from "@/lib/mail/six-digits";
import { type MailFrame, noFrame } from "@/lib/mail-document/frame";

function supportLines(shared: SharedWords, isWithoutPhone: boolean): string[] {
  const { phone, hours, email } = env().support;
  return [
    phone && !isWithoutPhone ? (hours ? shared.helpPhoneWithHours : shared.helpPhone) : null,
    email ? shared.helpEmail : null,
  ].filter((line) => line !== null);
}

/** Where an uploaded picture is served. */
export const imageAddress = (id: string): string => `${env().appUrl}/mail-images/${id}`;

/** The host's name and look, as they are set once for all mails, or for the installation. */
function brandOf(frame: MailFrame): MailView<MailKind>["brand"] {
  const { name, color, logoUrl } = env().brand;
  return {
    name,
    logoUrl: frame.logo === null ? (logoUrl ?? null) : imageAddress(frame.logo),
    light: brandColors(frame.light ?? color).light,
    dark: brandColors(frame.dark ?? color).dark,
  };
}

/** What is set once for all mails in words; private characters are marks of a mail being compiled. */
function frameLines(words: MailFrame["footer"], { kind, locale }: MailContents): string[] {
  const text = (words[locale] ?? "").replace(/[\ue000-\uf8ff]/g, "\ufffd");
  return paragraphsOf(rowOf(kind).carries === "code" ? splitSixDigits(text) : text);
}

/**
 * What a mail's template is given: words filled in the mail's language, the host's look, and links to
 * APP_URL.
 *
 * @param frame what is set once for all mails
 */
export function viewOf(contents: MailContents, frame: MailFrame = noFrame): MailView<MailKind> {
  const { appUrl } = env();
  const { kind, locale, happened, isCut, isForAdmin } = contents;
  const own = mailValueNames.map((name) => [name, contents.value(name)]);
  const values = { ...hostValues(kind, locale), ...Object.fromEntries(own) };
  const shared = fillWords(locale, "shared", values);
  const footer = frameLines(frame.footer, contents);
  return {
    locale,
    brand: brandOf(frame),
    words: fillWords(locale, kind, values),
    shared,
    variant: rowOf(kind).variant,
    facts: contents.facts,
    code: contents.code,
    link: contents.link,
    message: contents.message,
    isBySupport: contents.isBySupport,
    isOfStaff: contents.isOfStaff,
    gathered: { happened, isCut, isForAdmin },
    links: {
      signIn: `${appUrl}/login`,
      forgotPassword: `${appUrl}/forgot-password`,
      changePassword: `${appUrl}/account/password`,
      staff: `${appUrl}/support/staff`,
      texts: `${appUrl}/templates`,
      wasItUs: `${appUrl}${WAS_IT_US_PATH}`,
      notMe: contents.notMe,
    },
    support: supportLines(shared, contents.isWithoutPhone),
    footer: footer.length > 0 ? footer : [shared.footer],
    legal: frameLines(frame.legal, contents),
  };
}
