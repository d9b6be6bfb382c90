import { env } from "@/lib/env/env";
import type { Locale } from "@/lib/i18n/locales";
import { type MailKind, readKind } from "@/lib/mail/kinds";
import { mailCopy } from "@/lib/mail/mail-copy";

/** A mail as support sees it: never what it carries. */
export type ShownMail = {
  kind: MailKind;
  /** What its subject names, such as a case. */
  reference: string | null;
  recipient: string;
  state: "queued" | "sent" | "dropped" | "refused";
};

const settled = ["sent", "dropped", "refused"] as const;

/**
 * What support sees of a stored mail; null for a kind that this version does not know.
 *
 * @param write how its recipient is written
 */
export function shownMail(
  stored: { kind: string; recipient: string; facts: unknown; state: string | null },
  write: (email: string) => string,
): ShownMail | null {
  const kind = readKind(stored.kind);
  if (kind === null) return null;
  const reference = (stored.facts as { reference?: unknown } | null)?.reference;
  return {
    kind,
    reference: typeof reference === "string" ? reference : null,
    recipient: write(stored.recipient),
    state: settled.find((known) => known === stored.state) ?? "queued",
  };
}

/** The subject by which the customer finds a mail, with dots for its code. */
export function subjectOf(mail: Pick<ShownMail, "kind" | "reference">, locale: Locale): string {
  const values: Record<string, string> = {
    brand: env().brand.name,
    code: "••••••",
    reference: mail.reference ?? "…",
  };
  const { subject } = mailCopy[locale][mail.kind];
  return subject.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "…");
}
