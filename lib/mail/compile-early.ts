import { setTimeout } from "node:timers/promises";
import { locales } from "@/lib/i18n/locales";
import { log } from "@/lib/log/log";
import { compiledOf } from "@/lib/mail/compiled-mails";
import { kindsWith, rowOf } from "@/lib/mail/kinds";
import type { MailShape } from "@/lib/mail/mail-shape";

// A start has the processor for itself first, and then whoever asks for a page between two mails.
const START_MS = 2_000;
const PAUSE_MS = 50;

/** The shapes of the code mails as customers get them. */
export const codeMailShapes = (): MailShape[] =>
  kindsWith({ carries: "code" }).flatMap((kind) =>
    locales.map((locale) => ({
      ...{ kind, locale, isBySupport: false, isOfStaff: false, isCut: false },
      ...{ isForAdmin: false, hasLink: false, hasNotMe: rowOf(kind).hasNotMe },
      ...{ hasHappened: false, message: "none" as const },
    })),
  );

/**
 * Compiles the code mails before anybody waits for one, so that the first customer waits no longer than
 * others. What fails is logged: a mail that cannot be compiled is rendered by its template.
 *
 * @param signal ends it
 */
export async function compileEarly(signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(START_MS, undefined, { signal, ref: false });
    for (const shape of codeMailShapes()) {
      await compiledOf(shape);
      await setTimeout(PAUSE_MS, undefined, { signal, ref: false });
    }
  } catch (error) {
    if (!signal.aborted) log.warn({ error }, "A code mail could not be compiled ahead.");
  }
}
