import type { Fact } from "@/emails/mail-view";
import type { Locale } from "@/lib/i18n/locales";
import { linkTypeOf, type MailKind, rowOf } from "@/lib/mail/kinds";
import { linkAddress } from "@/lib/mail/links";
import { factLines, happenedLines } from "@/lib/mail/mail-facts";
import { type Carried, clockOf, type MailToShow } from "@/lib/mail/mail-to-show";
import { type MailValue, mailValues } from "@/lib/mail/mail-values";
import type { TemplateName } from "@/lib/mail/templates";
import type { LinkPurpose } from "@/lib/secrets/link-token";

/** All that one mail says and another of its kind and language does not. */
export type MailContents = {
  kind: MailKind;
  locale: Locale;
  /** What its sentences name, as text, made when it is asked for; empty where it has no such thing. */
  value(name: MailValue): string;
  code: string | null;
  /** Where its link leads, and that of "that was not me"; null where it carries none. */
  link: string | null;
  notMe: string | null;
  facts: Fact[];
  /** What happened each time, of a mail that gathers several things. */
  happened: Fact[];
  /** What staff wrote. */
  message: string | null;
  isBySupport: boolean;
  isOfStaff: boolean;
  /** Whether more happened than is listed. */
  isCut: boolean;
  /** Whether what it gathers is for admins. */
  isForAdmin: boolean;
  /** Of a sample: whether support has no telephone. */
  isWithoutPhone: boolean;
};

// Of what happened around the staff, not to the reader's own account.
const forStaff: TemplateName[] = ["staff-notice", "studio-notice"];

/** The contents of a mail. What it carries is as it was handed in; nothing else of that is in them. */
export function contentsOf(mail: MailToShow, carried: Carried): MailContents {
  const { kind, facts } = mail;
  const { carries, hasNotMe } = rowOf(kind);
  const clock = clockOf(mail);
  const code = carries === "code" ? (carried.code ?? null) : null;
  const said: { [name in MailValue]?: string } = {};
  const happened = happenedLines(mail, clock);
  const addressOf = (type: LinkPurpose | null, token: string | null | undefined) =>
    type !== null && token ? linkAddress(type, token) : null;
  return {
    kind,
    locale: clock.locale,
    value: (name) => {
      said[name] ??= name === "code" ? (code ?? "") : mailValues[name](mail, clock);
      return said[name];
    },
    code,
    link: addressOf(linkTypeOf(kind), carried.linkToken),
    notMe: addressOf(hasNotMe ? "not-me" : null, carried.notMeToken),
    facts: factLines(mail, clock),
    happened,
    message: facts.message ?? null,
    isBySupport: facts.bySupport === true,
    isOfStaff: facts.about?.role !== undefined,
    isCut: (facts.more?.count ?? 0) > happened.length,
    isForAdmin: facts.more !== undefined && forStaff.includes(rowOf(facts.more.kind).template),
    isWithoutPhone: mail.isWithoutPhone === true,
  };
}
