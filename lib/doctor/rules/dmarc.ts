/** What a domain's DMARC records (RFC 7489) come to. */
export type DmarcVerdict =
  | { kind: "none" | "several" | "malformed" }
  /** `none`: mail in the domain's name that is not its own arrives all the same. */
  | { kind: "policy"; policy: "none" | "quarantine" | "reject" };

const policies = ["none", "quarantine", "reject"] as const;

/** A record's tags, by name; a name that comes twice counts as it came first. */
export function tagsOf(record: string): Map<string, string> {
  const tags = new Map<string, string>();
  for (const part of record.split(";")) {
    const at = part.indexOf("=");
    const name = part.slice(0, at).trim().toLowerCase();
    if (at > 0 && !tags.has(name)) tags.set(name, part.slice(at + 1).trim());
  }
  return tags;
}

/**
 * Judges the TXT records of `_dmarc.`.
 *
 * @param isParents whether they stand at a domain above the sender's: its rule for those below counts
 */
export function judgeDmarc(records: readonly string[], isParents: boolean): DmarcVerdict {
  const ours = records.filter((record) => /^\s*v\s*=\s*DMARC1\s*(;|$)/.test(record));
  const [record, ...others] = ours;
  if (record === undefined) return { kind: "none" };
  if (others.length > 0) return { kind: "several" };
  const tags = tagsOf(record);
  const said = (isParents ? tags.get("sp") : undefined) ?? tags.get("p");
  const policy = policies.find((known) => known === said?.toLowerCase());
  return policy === undefined ? { kind: "malformed" } : { kind: "policy", policy };
}
