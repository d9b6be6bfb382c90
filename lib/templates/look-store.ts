import type { Database } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";

/** Up to which version of the leading language a translation was looked at; 0: never. */
export async function findLook(database: Database, key: TextKey): Promise<bigint> {
  const { subject, language } = key;
  const found = await database.templateLook.findUnique({
    where: { subject_language: { subject, language } },
  });
  return found?.seen ?? 0n;
}

/** The same of all translations. */
export const findLooks = (database: Database) => database.templateLook.findMany();

/** Notes that a translation was looked at. */
export async function storeLook(
  tx: Database,
  key: TextKey,
  look: { seen: bigint; at: Date },
): Promise<void> {
  const { subject, language } = key;
  await tx.templateLook.upsert({
    where: { subject_language: { subject, language } },
    create: { subject, language, ...look },
    update: look,
  });
}
