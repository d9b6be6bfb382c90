/** The change a mail tells of, and "that was not me" undoes. */
export type Undo =
  | { kind: "place"; network: string }
  | { kind: "address"; addressId: string }
  | { kind: "email-change"; emailChangeId: string }
  | { kind: "phone" }
  | { kind: "closing" };

/** What a mail with "that was not me" tells of, as its link keeps it. */
export type ToldOf = {
  /** The mail's kind. */
  mail: string;
  ip: string | null;
  /** The network trust goes by, as a cidr; null when it cannot be known. */
  network: string | null;
  /** Whether that network was trusted before the sign-in the mail is about. */
  trustedBefore: boolean;
  undo?: Undo;
};
