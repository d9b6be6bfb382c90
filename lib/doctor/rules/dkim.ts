import { tagsOf } from "@/lib/doctor/rules/dmarc";

/** What the records at a DKIM selector (RFC 6376) come to. */
export type DkimVerdict =
  | { kind: "none" | "several" | "revoked" | "malformed" | "short" | "good" }
  /** The key is another than the record says, or one that not every receiver reads. */
  | { kind: "other-type"; type: string }
  /** Right, and read by few receivers alone (RFC 8463). */
  | { kind: "ed25519" }
  | { kind: "testing" };

// What every RSA key in this form holds, and how long one of 1024 bits is.
const RSA_MARK = "2a864886f70d010101";
const RSA_1024_BYTES = 160;
const ED25519_BYTES = 32;

function bytesOf(key: string): Buffer | null {
  const text = key.replace(/\s+/g, "");
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, "base64") : null;
}

/** Judges the TXT records at a selector. */
export function judgeDkim(records: readonly string[]): DkimVerdict {
  const ours = records.filter((record) => tagsOf(record).has("p"));
  const [record, ...others] = ours;
  if (record === undefined) return { kind: records.length > 0 ? "malformed" : "none" };
  if (others.length > 0) return { kind: "several" };
  const tags = tagsOf(record);
  if ((tags.get("v") ?? "DKIM1") !== "DKIM1") return { kind: "malformed" };
  const type = tags.get("k") ?? "rsa";
  const typed = tags.get("p") ?? "";
  if (typed === "") return { kind: "revoked" };
  const key = bytesOf(typed);
  if (key === null) return { kind: "malformed" };
  const isRsa = key.toString("hex").includes(RSA_MARK);
  if (type === "ed25519") {
    return key.length === ED25519_BYTES ? { kind: "ed25519" } : { kind: "other-type", type };
  }
  if (type !== "rsa" || !isRsa) return { kind: "other-type", type };
  if (key.length < RSA_1024_BYTES) return { kind: "short" };
  return (tags.get("t") ?? "").split(":").includes("y") ? { kind: "testing" } : { kind: "good" };
}
