import type { JudgedSignIn } from "@/lib/history/list-sign-ins";
import { csvOf } from "@/lib/i18n/csv";
import type { Locale } from "@/lib/i18n/locales";

/** The sign-in history as CSV; times in ISO 8601 and UTC. */
export function signInsCsv(
  signIns: readonly Omit<JudgedSignIn, "ended" | "codeMails">[],
  locale: Locale,
): string {
  const headings = ["time", "verdict", "ip", "country", "place", "browser", "system"];
  const rows = signIns.map((one) => [
    one.at.toISOString(),
    one.verdict,
    one.ip,
    one.countryCode,
    one.placeName,
    one.browser,
    one.system,
  ]);
  return csvOf([headings, ...rows], locale);
}
