import { db } from "@/lib/db/client";
import type { Locale } from "@/lib/i18n/locales";
import type { MailDocument } from "@/lib/mail-document/document";
import { readDocument } from "@/lib/mail-document/read-document";
import { blockKey } from "@/lib/mail-document/text-key";

/** Some named blocks of a language as they were at an edition, by name; one that was not there is not. */
export async function findBlocks(of: {
  locale: Locale;
  names: string[];
  edition: number;
}): Promise<Map<string, MailDocument>> {
  const { locale, names, edition } = of;
  const found = new Map<string, MailDocument>();
  for (const name of names) {
    const { subject, language } = blockKey(name, locale);
    const version = await db.templateVersion.findFirst({
      where: { subject, language, id: { lte: edition } },
      orderBy: { id: "desc" },
      select: { document: true },
    });
    const read = readDocument(version?.document);
    if ("document" in read) found.set(name, read.document);
  }
  return found;
}
