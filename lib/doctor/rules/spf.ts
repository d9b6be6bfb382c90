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
  /** Whether it names anybody at all who may send. */
  namesSomebody: boolean;
  /** Whether it lets everybody send, itself or by what it includes. */
  letsEverybody: boolean;
  /** Whether some words can be judged only of a mail on its way (macros, exists, ptr). */
  dependsOnMail: boolean;
  /** Of the addresses that were asked about, those that it lets send. */
  allowed: string[];
};

/** Who must be let send: whom a provider includes, or the addresses of a mail server; none: not known. */
export type SpfSender = { include: string } | { addresses: readonly string[] };

export type SpfVerdict =
  | { kind: "none" | "several" | "everybody" | "nobody" | "open-end" | "good" }
  | { kind: "unknown-word"; word: string }
  | { kind: "too-many"; lookups: number }
  | { kind: "broken"; domain: string }
  | { kind: "lacks"; domain: string }
  /** Addresses of the mail server that it does not let send. */
  | { kind: "lacks-addresses"; addresses: string[] }
  /** Whether it lets the mail server send cannot be seen: where that sends from, or what the words come to. */
  | { kind: "unseen"; because: "sender" | "words" };

/** A word of a record: its qualifier, its name, and what stands behind it. */
export type SpfTerm = { qualifier: string; name: string; value: string; text: string };

const term = /^([+\-~?]?)([a-z0-9]+)([:=/].*)?$/i;
const mechanisms = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];
const modifiers = ["redirect", "exp"];
const lookingUp = ["include", "a", "mx", "ptr", "exists", "redirect"];

export const isSpf = (record: string): boolean => /^v=spf1( |$)/i.test(record);

function termsOf(record: string): SpfTerm[] {
  return record
    .trim()
    .split(/ +/)
    .slice(1)
    .map((text) => {
      const [, qualifier = "", name = "", value = ""] = term.exec(text) ?? [];
      return { qualifier: qualifier || "+", name: name.toLowerCase(), value, text };
    });
}

/** The words of a record that a receiver judges, in its order: none behind `all`, and `redirect` last. */
export function judgedTerms(record: string): SpfTerm[] {
  const terms = termsOf(record);
  const end = terms.findIndex(({ name }) => name === "all");
  const isRedirect = ({ name }: SpfTerm) => name === "redirect";
  if (end >= 0) return terms.slice(0, end + 1).filter((one) => !isRedirect(one));
  return [...terms.filter((one) => !isRedirect(one)), ...terms.filter(isRedirect)];
}

export const takesLookup = ({ name }: SpfTerm): boolean => lookingUp.includes(name);

/** The domain that a word leads on to; null: none. */
export const leadsTo = ({ name, value }: SpfTerm): string | null =>
  name === "include" || name === "redirect" ? value.slice(1).toLowerCase() : null;

/** The domain of `a` or `mx`, null: the record's own; and how many bits of its addresses count. */
export function targetOf({ value }: SpfTerm): {
  domain: string | null;
  bits4: number;
  bits6: number;
} {
  const [, domain, bits4, bits6] = /^(?::([^/]+))?(?:\/(\d+))?(?:\/\/(\d+))?$/.exec(value) ?? [];
  return {
    domain: domain?.toLowerCase() ?? null,
    bits4: Number(bits4 ?? 32),
    bits6: Number(bits6 ?? 128),
  };
}

function unknownWord(record: string): string | null {
  const found = termsOf(record).find(({ name, value, text }) => {
    // Other words with a = are left aside by receivers.
    if (value.startsWith("=")) return false;
    return !mechanisms.includes(name) || text === "" || modifiers.includes(name);
  });
  return found?.text ?? null;
}

function judgeAddresses(facts: SpfFacts, addresses: readonly string[]): SpfVerdict | null {
  const left = addresses.filter((address) => !facts.allowed.includes(address));
  if (addresses.length === 0) return { kind: "unseen", because: "sender" };
  if (left.length === 0) return null;
  return facts.dependsOnMail
    ? { kind: "unseen", because: "words" }
    : { kind: "lacks-addresses", addresses: left };
}

/** Judges what may send in a domain's name, and whether whoever is to send for it is among them. */
export function judgeSpf(facts: SpfFacts, sender: SpfSender): SpfVerdict {
  const [record, ...others] = facts.records;
  if (record === undefined) return { kind: "none" };
  if (others.length > 0) return { kind: "several" };
  const word = unknownWord(record);
  if (word !== null) return { kind: "unknown-word", word };
  if (facts.lookups > SPF_LOOKUPS_MOST) return { kind: "too-many", lookups: facts.lookups };
  if (facts.broken !== null) return { kind: "broken", domain: facts.broken };
  if (facts.letsEverybody) return { kind: "everybody" };
  if ("include" in sender && !facts.included.includes(sender.include)) {
    return { kind: "lacks", domain: sender.include };
  }
  if (!facts.namesSomebody) return { kind: "nobody" };
  const lacking = "addresses" in sender ? judgeAddresses(facts, sender.addresses) : null;
  if (lacking !== null) return lacking;
  const end = judgedTerms(record).at(-1);
  const isClosed = end?.name === "all" && end.qualifier !== "?";
  return isClosed || end?.name === "redirect" ? { kind: "good" } : { kind: "open-end" };
}
