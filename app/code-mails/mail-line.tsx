import type { ReactNode } from "react";
import type { CodeWay } from "@/lib/challenge/code-way";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type MailLineProps = {
  way: CodeWay;
  timeZone: string | null;
  /** Whether the address is one that was just typed, and stands there whole. */
  isWhole: boolean;
};

/** How far the mail with a code has come: never further than is known. */
export async function MailLine({ way, timeZone, isWhole }: MailLineProps) {
  const t = await getTranslations("verify.mail");
  const { shownEmail: maskedEmail, at, state, reason, isLate, isNotTaken, isReplaced } = way;
  // A masked address is short; a whole one can be wider than a phone.
  const look = isWhole ? undefined : "whitespace-nowrap";
  const address = (words: ReactNode) => <strong className={look}>{words}</strong>;
  const tags = { maskedEmail, address };
  if (state === "suppressed") {
    // Whoever just typed an address must not learn what became of our mail to it before.
    if (isWhole) return t.rich("notSent", tags);
    return t.rich(`suppressed.${reason === "complaint" ? "complaint" : "bounced"}`, tags);
  }
  if (isLate) return t.rich(isNotTaken ? "late.notTaken" : "late.waits", tags);
  if (isReplaced) return t.rich("replaced", tags);
  if (at === null) return t.rich(state === "queued" ? "queued" : "notSent", tags);
  const moment = await momentTags(at, { timeZone, seconds: true });
  const timed = { ...tags, time: moment.time, clock: moment.clock };
  // Who was asked says that it happened, and not when.
  const wasAsked = way.source === "look";
  switch (state) {
    case "queued":
      return t.rich("queued", tags);
    case "accepted":
      return t.rich("accepted", timed);
    case "delayed":
    case "delivered":
      return t.rich(wasAsked ? `found.${state}` : state, timed);
    case "refused": {
      const because = refusal(reason);
      return t.rich(wasAsked ? `found.refused.${because}` : `refused.${because}`, timed);
    }
  }
}

function refusal(reason: CodeWay["reason"]) {
  switch (reason) {
    case "no-mailbox":
    case "full":
    case "blocked":
    case "contents":
      return reason;
    default:
      return "other";
  }
}
