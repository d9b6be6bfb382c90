/** The change a mail is about, and "that was not me" undoes. */
export type Undo =
  | { kind: "place"; network: string }
  | { kind: "address"; addressId: string }
  | { kind: "email-change"; emailChangeId: string }
  /** A factor that was added; `isFirst`: the account had none of another session. */
  | { kind: "factor"; what: "app" | "passkey"; factorId: string; isFirst: boolean }
  | { kind: "phone" }
  | { kind: "closing" };

/** What a mail with "that was not me" is about, as its link keeps it. */
export type NotifiedOf = {
  /** The mail's kind. */
  mail: string;
  ip: string | null;
  /** The network trust goes by, as a cidr; null when it cannot be known. */
  network: string | null;
  /** Whether that network was trusted before the sign-in the mail is about. */
  trustedBefore: boolean;
  undo?: Undo;
  /** Of a mail that is about several things: what else is undone. */
  also?: Undo[];
};

/** How much else one link undoes at most. */
const ALSO_UNDONE = 200;

/**
 * What a link is about once its mail is about one thing more. Of several networks the first that
 * was not trusted before is the one that is blocked; the others are forgotten.
 */
export function gatherNotifiedOf(before: NotifiedOf, next: NotifiedOf): NotifiedOf {
  const [main, other] =
    before.trustedBefore && !next.trustedBefore ? [next, before] : [before, next];
  const also = [...(before.also ?? [])];
  const add = (undo: Undo | undefined) => {
    const known = [main.undo, ...also].some((one) => JSON.stringify(one) === JSON.stringify(undo));
    if (undo !== undefined && !known && also.length < ALSO_UNDONE) also.push(undo);
  };
  add(other.undo);
  if (other.network !== null && other.network !== main.network) {
    add({ kind: "place", network: other.network });
  }
  return { ...main, also };
}
