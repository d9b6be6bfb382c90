import { afterSeconds } from "@/lib/moments";
import { GENERATION_LEEWAY_SECONDS } from "@/lib/trusted-browser/rules/limits";

/** A trusted browser as its cookie and its row show it. */
export type BrowserFacts = {
  now: Date;
  /** The generation in the cookie, and the one that was handed out last. */
  shown: number;
  generation: number;
  /** When that one was handed out. */
  renewedAt: Date;
};

/**
 * What a browser's cookie is worth: `trusted`, and then renewed or, shortly after a renewal whose answer
 * may have got lost, given the same again; `copied` when an older one comes back.
 */
export type BrowserVerdict =
  | { kind: "trusted"; renew: boolean }
  | { kind: "copied" }
  | { kind: "unknown" };

/** A cookie that was replaced and comes back later is a copy: two browsers show what one was given. */
export function judgeBrowser(facts: BrowserFacts): BrowserVerdict {
  const { now, shown, generation, renewedAt } = facts;
  if (shown === generation) return { kind: "trusted", renew: true };
  // Never handed out as far as this database knows: it may have been restored from a backup.
  if (shown > generation) return { kind: "unknown" };
  const lenient = shown === generation - 1;
  if (lenient && now < afterSeconds(renewedAt, GENERATION_LEEWAY_SECONDS)) {
    return { kind: "trusted", renew: false };
  }
  return { kind: "copied" };
}
