import { z } from "zod";

/** Something that widens access to an account, as it is asked for and kept until its code is right. */
export const wideningRequestSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("add-place"),
    /** A cidr without host bits, read by lib/places/read-network.ts. */
    network: z.string(),
    name: z.string().nullable(),
  }),
  z.object({ kind: z.literal("trust-browser") }),
  z.object({ kind: z.literal("add-address"), email: z.string() }),
  /** Another contact e-mail, of an account with a second factor. */
  z.object({ kind: z.literal("change-email"), email: z.string() }),
  /** In E.164 form; null takes the number away. */
  z.object({ kind: z.literal("set-phone"), phone: z.string().nullable() }),
  /** An app that the session is adding, of which a code was right. */
  z.object({ kind: z.literal("turn-on-app"), appId: z.string(), name: z.string() }),
  z.object({ kind: z.literal("make-recovery-codes") }),
  /** A passkey that a browser made for this account and that was judged; what its owner lets it do. */
  z.object({
    kind: z.literal("add-passkey"),
    passkey: z.object({
      credentialId: z.string(),
      publicKey: z.string(),
      counter: z.number(),
      name: z.string(),
      aaguid: z.string(),
      transports: z.array(z.string()),
      backupEligible: z.boolean(),
      backedUp: z.boolean(),
      rpId: z.string(),
    }),
    signsIn: z.boolean(),
    isSecondStep: z.boolean(),
  }),
  z.object({
    kind: z.literal("allow-passkey"),
    id: z.string(),
    signsIn: z.boolean(),
    isSecondStep: z.boolean(),
  }),
  /** No factor at known places any more. */
  z.object({ kind: z.literal("ask-at-new-places") }),
  /** The factors that are announced to end stay. */
  z.object({ kind: z.literal("keep-factors") }),
]);

export type WideningRequest = z.infer<typeof wideningRequestSchema>;

/** Reads what a challenge keeps for its right code. */
export const wideningRequestOf = (challenge: { request: unknown }): WideningRequest =>
  wideningRequestSchema.parse(challenge.request);
