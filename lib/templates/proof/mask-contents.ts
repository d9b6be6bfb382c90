import type { Fact } from "@/emails/mail-view";
import type { MailContents } from "@/lib/mail/mail-contents";
import { maskText } from "@/lib/templates/rules/mask-text";

const withoutToken = (address: string | null) => address?.replace(/\?token=.*$/, "") ?? null;

/**
 * The contents of a mail with nobody's data in them: values as long as they are and in the same script, the
 * code as it was handed in, and links that lead to their page alone. What facts are called is our own.
 */
export function maskContents(contents: MailContents): MailContents {
  const masked = ({ label, value }: Fact): Fact => ({ label, value: maskText(value) });
  return {
    ...contents,
    value: (name) => (name === "code" ? contents.value(name) : maskText(contents.value(name))),
    link: withoutToken(contents.link),
    notMe: withoutToken(contents.notMe),
    facts: contents.facts.map(masked),
    // These are called by when they happened.
    happened: contents.happened.map(({ label, value }) =>
      masked({ label: maskText(label), value }),
    ),
    message: contents.message === null ? null : maskText(contents.message),
  };
}
