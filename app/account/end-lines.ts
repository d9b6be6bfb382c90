import type { JudgedSignIn } from "@/lib/history/list-sign-ins";
import { getTranslations } from "@/lib/i18n/translations";

/**
 * When and why a session, or the trust in a browser, ended: one line, or none where it has not.
 *
 * @param when how the reader's moments are written
 */
export async function endLines(
  of: "session" | "browser",
  ended: JudgedSignIn["ended"],
  when: (at: Date) => string,
): Promise<string[]> {
  if (ended === null) return [];
  const t = await getTranslations("history.ended");
  const time = when(ended.at);
  if (ended.because === null) return [t(`${of}.plain`, { time })];
  return [t(`${of}.because`, { time, why: t(`why.${ended.because}`) })];
}
