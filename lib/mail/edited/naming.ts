import type { MailView } from "@/emails/mail-view";
import { env } from "@/lib/env/env";
import { variablesOf } from "@/lib/mail/edited/variables";
import type { MailKind } from "@/lib/mail/kinds";
import type { MailContents } from "@/lib/mail/mail-contents";
import { hostValues, type MailValue, mailValueNames } from "@/lib/mail/mail-values";
import { inOneLine } from "@/lib/mail/text-values";

/** What the variables of one mail's text stand for. Each throws for what the mail cannot name. */
export type Naming = {
  value(name: string): string;
  link(name: string): string;
  /** Nothing, where the mail has such a panel. */
  checkPanel(name: string): void;
};

const isMailValue = (name: string): name is MailValue =>
  (mailValueNames as readonly string[]).includes(name);

/**
 * Contents for a text that somebody wrote: each value is one line without blanks around it, wherever it
 * stands, so that no sentence has to be made for it.
 */
export const inLines = (contents: MailContents): MailContents => ({
  ...contents,
  value: (name) => inOneLine(contents.value(name)),
});

/** The names of a mail. @param contents as `inLines` gives them */
export function namingOf(contents: MailContents, view: MailView<MailKind>): Naming {
  const { kind, locale } = contents;
  const host = hostValues(kind, locale);
  const help = `${env().appUrl}/help`;
  const ofHost = new Map([
    ["brand", host.brand],
    ["limit", host.limit],
    ["staff-hours", host.staffHours],
    ["support", view.support.join(" ") || help],
  ]);
  const links = new Map([
    ["link", contents.link],
    ["sign-in-page", view.links.signIn],
    ["forgot-password-page", view.links.forgotPassword],
    ["change-password-page", view.links.changePassword],
    ["help-page", help],
  ]);
  const known = variablesOf(kind);
  const check = (name: string, type: "value" | "link" | "panel") => {
    if (known.some((one) => one.name === name && one.type === type)) return;
    throw new Error(`A text of ${kind} has no ${type} "${name}".`);
  };
  const filled = (name: string, text: string | null | undefined) => {
    if (text) return text;
    throw new Error(`There is no "${name}" to fill in.`);
  };
  return {
    value(name) {
      check(name, "value");
      return filled(name, isMailValue(name) ? contents.value(name) : ofHost.get(name));
    },
    link(name) {
      check(name, "link");
      return filled(name, links.get(name));
    },
    checkPanel: (name) => check(name, "panel"),
  };
}
