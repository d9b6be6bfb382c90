import type { Block } from "@/lib/challenge/rules/code-attempts";
import { afterHours } from "@/lib/moments";

/** Everything a request for the code of a new address is judged by. */
export type NewAddressFacts = {
  now: Date;
  /** As typed, lower case. */
  email: string;
  /** The addresses it must not be: those that whoever asks is known to have already. */
  present: string[];
  /** The address that this draft has confirmed, if any. */
  confirmed: string | null;
  /** A block after wrong codes for this address, from this network. */
  block: Block | null;
  /** When codes for this address were made in the last hour, and by this draft; newest first. */
  codesOfAddress: Date[];
  codesOfDraft: Date[];
  accountCodesPerHour: number;
};

export type NewAddressVerdict =
  | { kind: "same" }
  | { kind: "confirmed-already" }
  | ({ kind: "blocked" } & Block)
  /** Neither one mailbox nor many of them are filled from here. */
  | { kind: "too-often"; until: Date }
  | { kind: "send-code" };

/** An address that has an account of its own reads like any other; staff see it. */
export function judgeNewAddress(facts: NewAddressFacts): NewAddressVerdict {
  if (facts.present.includes(facts.email)) return { kind: "same" };
  if (facts.confirmed === facts.email) return { kind: "confirmed-already" };
  if (facts.block !== null) return { kind: "blocked", ...facts.block };
  const last = facts.accountCodesPerHour - 1;
  const oldest = [facts.codesOfAddress[last], facts.codesOfDraft[last]].filter(
    (made) => made !== undefined,
  );
  if (oldest.length > 0) {
    const latest = new Date(Math.max(...oldest.map((made) => made.getTime())));
    return { kind: "too-often", until: afterHours(latest, 1) };
  }
  return { kind: "send-code" };
}
