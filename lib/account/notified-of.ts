import { z } from "zod";
import type { NotifiedOf } from "@/lib/account/rules/notified-of";

const undo = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("place"), network: z.string() }),
  z.object({ kind: z.literal("address"), addressId: z.uuid() }),
  z.object({ kind: z.literal("email-change"), emailChangeId: z.uuid() }),
  z.object({
    kind: z.literal("factor"),
    what: z.enum(["app", "passkey"]),
    factorId: z.uuid(),
    isFirst: z.boolean(),
  }),
  z.object({ kind: z.literal("phone") }),
  z.object({ kind: z.literal("closing") }),
]);

const notifiedOf = z.object({
  mail: z.string(),
  ip: z.string().nullable(),
  network: z.string().nullable(),
  trustedBefore: z.boolean(),
  undo: undo.optional(),
  also: z.array(undo).optional(),
});

/** Reads what a stored link is about, where others count too: null for what this version cannot read. */
export function tryNotifiedOf(stored: unknown): NotifiedOf | null {
  return notifiedOf.safeParse(stored).data ?? null;
}

/** Reads what a stored link "that was not me" is about. */
export function readNotifiedOf(stored: unknown): NotifiedOf {
  return notifiedOf.parse(stored);
}
