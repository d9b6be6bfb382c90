import { isLocale } from "@/lib/i18n/locales";
import { inLines, namingOf } from "@/lib/mail/edited/naming";
import { sampleMails } from "@/lib/mail/edited/sample-mails";
import { type Variable, variablesOf } from "@/lib/mail/edited/variables";
import { contentsOf } from "@/lib/mail/mail-contents";
import { viewOf } from "@/lib/mail/mail-view";
import { noFrame } from "@/lib/mail-document/frame";
import type { TextKey } from "@/lib/mail-document/text-key";
import { kindOf } from "@/lib/templates/text-key-of";

/** What a text may name, with how that may look; a panel has no sample. */
export type VariableChoice = Variable & { sample: string };

// A block may stand in any mail: it names what all of them have.
const ANY_KIND = "account-closed";

/** What people choose from who write a text, in its language. */
export function variableChoices(key: TextKey): VariableChoice[] {
  const kind = kindOf(key);
  const shown = kind ?? ANY_KIND;
  const locale = isLocale(key.language) ? key.language : "en";
  const [sample] = sampleMails(shown, locale);
  if (sample === undefined) return [];
  const contents = inLines(contentsOf(sample.mail, sample.carried));
  const naming = namingOf(contents, viewOf(contents, noFrame));
  const sampleOf = ({ name, type }: Variable) =>
    type === "panel" ? "" : type === "link" ? naming.link(name) : naming.value(name);
  return variablesOf(shown).map((variable) => ({
    ...variable,
    isRequired: kind !== null && variable.isRequired,
    sample: shortened(sampleOf(variable)),
  }));
}

// A link's token says nothing to anybody.
const shortened = (sample: string) => sample.replace(/\?token=.*/, "");
