import { getTranslations } from "@/lib/i18n/translations";
import type { SubjectNames } from "@/lib/support/name-subjects";

/** As much of an id as distinguishes what stands on one page. */
export const shortOf = (id: string): string => id.split("-", 1)[0] ?? id;

/** What the log is filtered by, in words; what is gone, or has no name, by its id. */
export async function subjectText(subject: string, names: SubjectNames): Promise<string> {
  const t = await getTranslations("audit.about");
  const found = names.get(subject);
  return found === undefined ? subject : `${t(found.kind)} ${found.name}`;
}
