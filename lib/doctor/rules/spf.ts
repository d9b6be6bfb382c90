/** Look-ups in the DNS that a receiver makes for one record (RFC 7208, section 4.6.4). */
export const SPF_LOOKUPS_MOST = 10;

/** What a domain's records say, and those of all that it includes. */
export type SpfFacts = {
  /** Records of the domain itself that begin as SPF does. */
  records: string[];
  /** How many look-ups they take together. */
  lookups: number;
  /** The domains that are included, over whatever detour. */
  included: string[];
  /** One that is included and has no record, or several; null: none. */
  broken: string | null;
};

export type SpfVerdict =
  | { kind: "none" | "several" | "everybody" | "open-end" | "good" }
  | { kind: "unknown-word"; word: string }
  | { kind: "too-many"; lookups: number }
  | { kind: "broken"; domain: string }
  | { kind: "lacks"; domain: string };

/** A word of a record: its qualifier, its name, and what stands behind it. */
export type SpfTerm = { qualifier: string; name: string; value: string; text: string };

const term = /^([+\-~?]?)([a-z0-9]+)([:=/].*)?$/i;
const mechanisms = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];
const modifiers = ["redirect", "exp"];
const lookingUp = ["include", "a", "mx", "ptr", "exists", "redirect"];

export const isSpf = (record: string): boolean => /^v=spf1( |$)/i.test(record);

/** The words of a record behind its version. */
export const termsOf = (record: string): SpfTerm[] =>
  record
    .trim()
    .split(/ +/)
    .slice(1)
    .map((text) => {
      const [, qualifier = "", name = "", value = ""] = term.exec(text) ?? [];
      return { qualifier: qualifier || "+", name: name.toLowerCase(), value, text };
    });

export const takesLookup = ({ name }: SpfTerm): boolean => lookingUp.includes(name);

/** The domain that a word leads on to; null: none. */
export const leadsTo = ({ name, value }: SpfTerm): string | null =>
  name === "include" || name === "redirect" ? value.slice(1).toLowerCase() : null;

function unknownWord(record: string): string | null {
  const found = termsOf(record).find(({ name, value, text }) => {
    // Other words with a = are left aside by receivers.
    if (value.startsWith("=")) return false;
    return !mechanisms.includes(name) || text === "" || modifiers.includes(name);
  });
  return found?.text ?? null;
}

/**
 * Judges what may send in a domain's name.
 *
 * @param needed the domain that must be among those included; null: that depends on the mail server
 */
export function judgeSpf(facts: SpfFacts, needed: string | null): SpfVerdict {
  const [record, ...others] = facts.records;
  if (record === undefined) return { kind: "none" };
  if (others.length > 0) return { kind: "several" };
  const word = unknownWord(record);
  if (word !== null) return { kind: "unknown-word", word };
  if (facts.lookups > SPF_LOOKUPS_MOST) return { kind: "too-many", lookups: facts.lookups };
  if (facts.broken !== null) return { kind: "broken", domain: facts.broken };
  const terms = termsOf(record);
  const end = terms.find(({ name }) => name === "all");
  if (end?.qualifier === "+") return { kind: "everybody" };
  if (needed !== null && !facts.included.includes(needed)) return { kind: "lacks", domain: needed };
  const isClosed = end?.qualifier === "-" || end?.qualifier === "~";
  return isClosed || terms.some(({ name }) => name === "redirect")
    ? { kind: "good" }
    : { kind: "open-end" };
}
