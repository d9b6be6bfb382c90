import type { MailKind, MailView, SharedWords } from "@/emails/mail-view";
import { brandColors } from "@/lib/brand";
import { env } from "@/lib/env/env";
import { rowOf } from "@/lib/mail/kinds";
import type { MailContents } from "@/lib/mail/mail-contents";
import { hostValues, mailValueNames } from "@/lib/mail/mail-values";
import { fillWords } from "@/lib/mail/mail-words";

function supportLines(shared: SharedWords): string[] {
  const { phone, hours, email } = env().support;
  return [
    phone ? (hours ? shared.helpPhoneWithHours : shared.helpPhone) : null,
    email ? shared.helpEmail : null,
  ].filter((line) => line !== null);
}

/**
 * What a mail's template is given: words filled in the mail's language, the host's look, and links to
 * APP_URL.
 */
export function viewOf(contents: MailContents): MailView<MailKind> {
  const { appUrl, brand } = env();
  const { kind, locale, happened, isCut, isForAdmin } = contents;
  const own = mailValueNames.map((name) => [name, contents.value(name)]);
  const values = { ...hostValues(kind, locale), ...Object.fromEntries(own) };
  const shared = fillWords(locale, "shared", values);
  return {
    locale,
    brand: { name: brand.name, logoUrl: brand.logoUrl ?? null, ...brandColors(brand.color) },
    words: fillWords(locale, kind, values),
    shared,
    variant: rowOf(kind).variant,
    facts: contents.facts,
    code: contents.code,
    link: contents.link,
    message: contents.message,
    hasEnd: contents.hasEnd,
    isBySupport: contents.isBySupport,
    isOfStaff: contents.isOfStaff,
    gathered: { happened, isCut, isForAdmin },
    links: {
      signIn: `${appUrl}/login`,
      forgotPassword: `${appUrl}/forgot-password`,
      changePassword: `${appUrl}/account/password`,
      staff: `${appUrl}/support/staff`,
      notMe: contents.notMe,
    },
    support: supportLines(shared),
  };
}
