/** What is wrong with an account or waits, in the order in which support looks at it. */
export const troubleKinds = [
  "blocked",
  "password-off",
  "call-back",
  "pending",
  "case",
  "codes-used-up",
  "wrong-passwords",
  "address-marked",
  "mail-refused",
  "mail-late",
  "wrong-codes",
  "confirming-blocked",
  "factors-end",
  "closing",
] as const;

export type TroubleKind = (typeof troubleKinds)[number];

/** Acts on the whole account; those on one block or place stand beside it. */
const accountActs = [
  "hotline-pass",
  "reset-by-support",
  "password-switched-off",
  "sessions-ended-by-support",
] as const;

export type AccountAct = (typeof accountActs)[number];

// What mends it: a new password also starts the counts of codes and wrong passwords afresh.
const mends: { [Kind in TroubleKind]?: AccountAct } = {
  "password-off": "reset-by-support",
  pending: "hotline-pass",
  "codes-used-up": "reset-by-support",
  "wrong-passwords": "reset-by-support",
};

export type PlacedActs = {
  /** The act that stands beside a trouble. */
  beside: { [Kind in TroubleKind]?: AccountAct };
  /** Those that mend none of them. */
  others: AccountAct[];
};

/**
 * Where each act stands on the page of a customer: once, beside the first trouble that it mends, and
 * otherwise among the others.
 *
 * @param facts.isIn whether a session lives or a browser is trusted
 */
export function placeActs(facts: {
  mayAct: boolean;
  troubles: readonly TroubleKind[];
  isPasswordOff: boolean;
  isIn: boolean;
}): PlacedActs {
  if (!facts.mayAct) return { beside: {}, others: [] };
  const beside: PlacedActs["beside"] = {};
  for (const kind of troubleKinds.filter((one) => facts.troubles.includes(one))) {
    const act = mends[kind];
    if (act !== undefined && !Object.values(beside).includes(act)) beside[kind] = act;
  }
  const isOfUse = (act: AccountAct) =>
    (act !== "password-switched-off" || !facts.isPasswordOff) &&
    (act !== "sessions-ended-by-support" || facts.isIn);
  const placed = Object.values(beside);
  return { beside, others: accountActs.filter((act) => !placed.includes(act) && isOfUse(act)) };
}
