/** A version's id as a form or an address names it; null: it can be none. */
export const readVersionId = (typed: string): bigint | null =>
  /^(0|[1-9]\d{0,17})$/.test(typed) ? BigInt(typed) : null;

/** A version's number as an address names it; undefined: it can be none. */
export const readVersionNumber = (typed: unknown): number | undefined =>
  typeof typed === "string" && /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : undefined;
