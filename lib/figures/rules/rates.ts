/** What figures a rate is made of; null where there is nothing to measure. */
export type RateFacts = {
  signIns: number;
  codesSent: number;
  codesRight: number;
  blocks: number;
  mailsSent: number;
  /** That never left. */
  mailsRefused: number;
  /** That had left, in this span or before, and of which this span learned that they did not arrive. */
  mailsReturned: number;
};

/** How many of how many, and which share that is. */
export type Rate = { part: number; whole: number; share: number };

/** The rates, each a message's key. */
export const rateNames = ["right", "blocked", "byCode", "notArrived"] as const;
export type RateName = (typeof rateNames)[number];

/**
 * A code may be typed, and a mail come back, in the span after the one it was sent in: no share is more than all.
 */
function rateOf(part: number, whole: number): Rate | null {
  if (whole === 0) return null;
  return { part, whole, share: Math.min(1, part / whole) };
}

/** The rates of a span; null: there was nothing of which it could be one. */
export function ratesOf(facts: RateFacts): Record<RateName, Rate | null> {
  const { signIns, codesSent, codesRight, blocks, mailsSent, mailsRefused, mailsReturned } = facts;
  return {
    right: rateOf(codesRight, codesSent),
    blocked: rateOf(blocks, codesSent),
    byCode: rateOf(codesRight, signIns),
    notArrived: rateOf(mailsRefused + mailsReturned, mailsSent + mailsRefused),
  };
}
