import { z } from "zod";

// As many characters as any authenticator needs; a form takes 64 KiB in all.
const bytes = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/);
const id = bytes.min(1).max(1400);

const common = {
  id,
  rawId: id,
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["cross-platform", "platform"]).optional().catch(undefined),
  clientExtensionResults: z
    .object({ credProps: z.object({ rk: z.boolean().optional() }).optional() })
    .catch({}),
};

const transports = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;

const newKey = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z
      .array(z.string())
      .catch([])
      .transform((said) => transports.filter((one) => said.includes(one)))
      .optional(),
  }),
});

const signature = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.nullish().transform((handle) => handle ?? undefined),
  }),
});

/** A new passkey, as a browser sends it. */
export type NewKeyAnswer = z.infer<typeof newKey>;

/** What a passkey signed, as a browser sends it. */
export type SignedAnswer = z.infer<typeof signature>;

const read = <T>(schema: z.ZodType<T>, text: string): T | null => {
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    return null;
  }
  return schema.safeParse(sent).data ?? null;
};

/** Reads a new passkey from a form's field; null: it is none. */
export const readNewKey = (text: string): NewKeyAnswer | null => read(newKey, text);

/** Reads what a passkey signed from a form's field; null: it is nothing of the kind. */
export const readSigned = (text: string): SignedAnswer | null => read(signature, text);
