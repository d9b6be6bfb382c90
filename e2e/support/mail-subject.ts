import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MailCopy } from "@/emails/mail-view";
import type { Locale } from "@/lib/i18n/locales";

const copies = join(import.meta.dirname, "..", "..", "emails", "copy");

/** The subject of a kind of mail in one language, for the brand of the tests' servers. */
export function subjectOf(
  kind: Exclude<keyof MailCopy, "shared">,
  language: Locale = "en",
  code = "",
) {
  const copy: MailCopy = JSON.parse(readFileSync(join(copies, `${language}.json`), "utf8"));
  return copy[kind].subject.replace("{brand}", "Portaria").replace("{code}", code);
}
