import { db } from "@/lib/db/client";
import type { MailDocument } from "@/lib/mail-document/document";
import type { MailFrame } from "@/lib/mail-document/frame";
import type { TextKey } from "@/lib/mail-document/text-key";

/** Publishes a version of a text as it is, past every gate; its id. Null: the built-in text again. */
export async function publish(
  { subject, language }: TextKey,
  document: MailDocument | MailFrame | object | null,
): Promise<number> {
  const [made] = await db.$queryRaw<{ id: number }[]>`
    INSERT INTO template_version (id, subject, language, number, document, action, note, created_at)
    SELECT (SELECT coalesce(max(id), 0) + 1 FROM template_version), ${subject}, ${language},
      (SELECT count(*) + 1 FROM template_version
        WHERE subject = ${subject} AND language = ${language}),
      ${document === null ? null : JSON.stringify(document)}::jsonb, 'published', '', now()
    RETURNING id::float8`;
  if (made === undefined) throw new Error("No version was made.");
  return made.id;
}
