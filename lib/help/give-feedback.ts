import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { countKeys } from "@/lib/db/subjects";
import { database } from "@/lib/db/transaction";
import { isArticle } from "@/lib/help/articles";
import { judgeComment, readStars } from "@/lib/help/rules/judge-text";
import { COMMENT_MAX_LENGTH, VOICES_PER_NETWORK_PER_HOUR } from "@/lib/help/rules/limits";
import { storeFeedback, storeRating } from "@/lib/help/store";
import { readText } from "@/lib/help/typed-text";
import type { Locale } from "@/lib/i18n/locales";
import { countRequest, doCounted } from "@/lib/rate-limit/rate-window";

/** `unknown`: there is no such article. */
export type FeedbackOutcome =
  | { kind: "recorded" }
  | { kind: "invalid"; error: "usefulMissing" | "commentTooLong" | "starsMissing" }
  | { kind: "too-many"; until: Date }
  | { kind: "unknown" };

/** Who says something about an article, and where. */
export type Voice = { article: string; locale: Locale; browserId: string; client: Client };

/** Keeps what somebody says, unless too much came from their network in an hour. */
async function withinLimit(
  client: Client,
  now: Date,
  store: () => Promise<void>,
): Promise<FeedbackOutcome> {
  const limit = {
    ...countKeys.voicesFrom(networkKeyOf(client)),
    limit: VOICES_PER_NETWORK_PER_HOUR,
  };
  const admission = await countRequest(database, [limit], now);
  if (admission.kind === "refused") return { kind: "too-many", until: admission.until };
  await doCounted(database, [limit.key], store);
  return { kind: "recorded" };
}

/**
 * Keeps whether an article was useful, once per browser; saying it again replaces vote and comment.
 *
 * @param typed.useful "yes" or "no", as the pressed button says it
 */
export async function sayUseful(
  voice: Voice,
  typed: { useful: string | null; comment: string },
): Promise<FeedbackOutcome> {
  const { article, locale, browserId, client } = voice;
  if (!isArticle(article)) return { kind: "unknown" };
  const useful = typed.useful === "yes";
  if (!useful && typed.useful !== "no") return { kind: "invalid", error: "usefulMissing" };
  const comment = readText(typed.comment, COMMENT_MAX_LENGTH);
  const error = judgeComment(comment);
  if (error !== undefined) return { kind: "invalid", error };
  const now = readClock();
  const kept = comment.shown === "" ? null : comment.shown;
  return withinLimit(client, now, () =>
    storeFeedback(database, { article, locale, browserId, useful, comment: kept, now }),
  );
}

/** Keeps the stars somebody gives an article, once per browser; giving others replaces them. */
export async function rateArticle(voice: Voice, typed: string | null): Promise<FeedbackOutcome> {
  const { article, browserId, client } = voice;
  if (!isArticle(article)) return { kind: "unknown" };
  const stars = readStars(typed);
  if (stars === null) return { kind: "invalid", error: "starsMissing" };
  const now = readClock();
  return withinLimit(client, now, () => storeRating(database, { article, browserId, stars, now }));
}
