import { log } from "@/lib/log/log";
import { addFallbacks, type CountedFallbacks } from "@/lib/mail/edited/fallback-store";
import type { Fallback } from "@/lib/mail/edited/live-texts";

const HOUR_MS = 3_600_000;
// Hundreds of mails a second may fall back; written one by one they would wait for one row's lock.
const WRITE_EVERY_MS = 5_000;
// One entry a text: as many as there are kinds, languages and blocks.
const notedHours = new Map<string, number>();

let counted = new Map<string, CountedFallbacks>();
let next: NodeJS.Timeout | undefined;
let written: Promise<void> = Promise.resolve();

const hourOf = (moment: Date) => Math.floor(moment.getTime() / HOUR_MS);

/** Whether it is this text's first one of the hour, in this process. */
function isFirst({ subject, language }: Fallback, now: Date): boolean {
  const text = `${subject} ${language}`;
  const hour = hourOf(now);
  if (notedHours.get(text) === hour) return false;
  notedHours.set(text, hour);
  return true;
}

function add(one: CountedFallbacks): void {
  const key = `${one.subject} ${one.language} ${hourOf(one.lastAt)}`;
  const known = counted.get(key);
  const latest = known !== undefined && known.lastAt > one.lastAt ? known : one;
  counted.set(key, { ...latest, count: one.count + (known?.count ?? 0) });
}

function writeLater(): void {
  next ??= setTimeout(writeFallbacks, WRITE_EVERY_MS).unref();
}

async function write(): Promise<void> {
  if (counted.size === 0) return;
  const taken = [...counted.values()];
  counted = new Map();
  try {
    await addFallbacks(taken);
  } catch (error) {
    log.debug({ error }, "Texts that could not be used were not counted yet.");
    for (const one of taken) add(one);
    writeLater();
  }
}

/**
 * Writes what was counted and is not written yet, behind what is being written. Never fails: what cannot
 * be written is tried again with the next.
 */
export function writeFallbacks(): Promise<void> {
  clearTimeout(next);
  next = undefined;
  written = written.then(write);
  return written;
}

/**
 * Notes texts that a mail could not be made of: counted for whoever edits them, and in the log at most
 * once an hour a text. A text's first one of an hour is written at once, which alarms its editors; others
 * every few seconds. Nobody waits for it, and it never fails: the mail goes out.
 */
export function noteFallbacks(fallbacks: Fallback[], now: Date): void {
  if (fallbacks.length === 0) return;
  const first = fallbacks.filter((fallback) => isFirst(fallback, now));
  for (const fallback of fallbacks) add({ ...fallback, count: 1, lastAt: now });
  for (const { subject, language, reason } of first) {
    log.warn(
      { subject, language, reason },
      "A published text could not be used: mails go out with the built-in one.",
    );
  }
  if (first.length > 0) void writeFallbacks();
  else writeLater();
}
