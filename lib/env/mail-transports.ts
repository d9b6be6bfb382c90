import { Expected, entriesOf, setting } from "@/lib/env/env-values";

/** A way out for mail. */
export type TransportName = "mailbox" | "resend" | "smtp";

const leaving: readonly TransportName[] = ["resend", "smtp"];

/** One way out for mail, or two by which it leaves, in the order in which they are tried. */
export const transports = (expected: string) =>
  setting((text): TransportName[] => {
    if (text === "mailbox") return ["mailbox"];
    const named = entriesOf(text).map((entry) => leaving.find((known) => known === entry));
    const known = named.filter((one) => one !== undefined);
    if (known.length === 0 || known.length < named.length || new Set(known).size < known.length) {
      throw new Expected(expected);
    }
    return known;
  });
