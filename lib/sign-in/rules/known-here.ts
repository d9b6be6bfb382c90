/** What a place is known by where somebody signs in. */
export type KnownFacts = {
  isStaff: boolean;
  /** Of staff, the very network alone: a range holds many. */
  networkTrusted: boolean;
  browserTrusted: boolean;
};

/**
 * What makes the place known where somebody signs in, a trusted place before a trusted browser; null:
 * nothing does. Of staff no browser is trusted.
 */
export function knownHere(facts: KnownFacts): "place" | "browser" | null {
  if (facts.networkTrusted) return "place";
  return facts.browserTrusted && !facts.isStaff ? "browser" : null;
}
