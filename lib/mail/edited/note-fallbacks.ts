import { log } from "@/lib/log/log";
import { countFallback } from "@/lib/mail/edited/fallback-store";
import type { Fallback } from "@/lib/mail/edited/live-texts";

const HOUR_MS = 3_600_000;
// One entry a text: as many as there are kinds, languages and blocks.
const warnedHours = new Map<string, number>();

function warn({ subject, language, reason }: Fallback, now: Date): void {
  const hour = Math.floor(now.getTime() / HOUR_MS);
  const key = `${subject} ${language}`;
  if (warnedHours.get(key) === hour) return;
  warnedHours.set(key, hour);
  log.warn(
    { subject, language, reason },
    "A published text could not be used: mails go out with the built-in one.",
  );
}

/**
 * Notes texts that a mail could not be made of: counted for whoever edits them, and in the log at most
 * once an hour a text. Nobody waits for it, and it never fails: the mail goes out.
 */
export function noteFallbacks(fallbacks: Fallback[], now: Date): void {
  for (const fallback of fallbacks) {
    warn(fallback, now);
    countFallback(fallback, now).catch((error: unknown) => {
      log.debug({ error }, "A text that could not be used was not counted.");
    });
  }
}
