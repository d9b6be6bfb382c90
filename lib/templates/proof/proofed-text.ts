import { type Database, database } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locales";
import type { EditedText } from "@/lib/mail/edited/edited-text";
import type { LiveTexts } from "@/lib/mail/edited/live-texts";
import type { MailKind } from "@/lib/mail/kinds";
import type { TextKey } from "@/lib/mail-document/text-key";
import { findDraft } from "@/lib/templates/draft-store";
import { shownWith } from "@/lib/templates/preview-text";
import { findNewest } from "@/lib/templates/store";
import { builtInContent, contentOf, storedContent } from "@/lib/templates/text-content";

/** What a proof is made of. */
export type ProofedText = {
  of: "draft" | "live" | "built-in";
  kind: MailKind;
  locale: Locale;
  /** Null: of the built-in text. */
  edited: EditedText | null;
  frame: LiveTexts["frame"]["frame"];
};

/** The draft of a mail's text, or else what is live of it, with what is live around it. */
export async function findProofedText(
  key: TextKey,
  { kind, locale }: { kind: MailKind; locale: Locale },
): Promise<ProofedText> {
  const { of, content } = await findContent(database, key);
  const shown = await shownWith(database, { key, content, kind, locale });
  return { of, kind, locale, edited: of === "built-in" ? null : shown, frame: shown.frame };
}

async function findContent(tx: Database, key: TextKey) {
  const draft = await findDraft(tx, key);
  const drafted = draft === null ? null : contentOf(key, draft);
  if (drafted !== null) return { of: "draft", content: drafted } as const;
  const stored = (await findNewest(tx, key))?.document ?? null;
  const live = stored === null ? null : storedContent(key, stored);
  if (live !== null) return { of: "live", content: live } as const;
  return { of: "built-in", content: builtInContent(key) } as const;
}
