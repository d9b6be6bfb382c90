import { z } from "zod";

/** Something that widens access to an account, as it is asked for and kept until its code is right. */
export const wishSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("add-place"),
    /** A cidr without host bits, read by lib/places/read-network.ts. */
    network: z.string(),
    name: z.string().nullable(),
  }),
  z.object({ kind: z.literal("trust-browser") }),
  z.object({ kind: z.literal("add-address"), email: z.string() }),
  /** In E.164 form; null takes the number away. */
  z.object({ kind: z.literal("set-phone"), phone: z.string().nullable() }),
]);

export type Wish = z.infer<typeof wishSchema>;

/** Reads what a challenge keeps for its right code. */
export const wishOf = (challenge: { wish: unknown }): Wish => wishSchema.parse(challenge.wish);
