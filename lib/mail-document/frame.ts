import { z } from "zod";
import { IMAGE_PATTERN } from "@/lib/mail-document/document";

/** What is set once for all mails. Null: as the settings of the installation say. */
export type MailFrame = {
  /** An uploaded picture's id. */
  logo: string | null;
  /** The accent in light and in dark, as #rrggbb. */
  light: string | null;
  dark: string | null;
  /** What the sender is called; the address stays EMAIL_FROM's. */
  senderName: string | null;
  /** By language: why the mail came, and what the law wants said. Empty: the built-in words, or none. */
  footer: Partial<Record<string, string>>;
  legal: Partial<Record<string, string>>;
};

const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/)
  .nullable();
const words = z.partialRecord(z.string().regex(/^[a-z]{2}$/), z.string().max(2000));

export const mailFrameSchema: z.ZodType<MailFrame> = z.strictObject({
  logo: z.string().regex(IMAGE_PATTERN).nullable(),
  light: color,
  dark: color,
  senderName: z.string().min(1).max(100).nullable(),
  footer: words,
  legal: words,
});

/** A frame that changes nothing. */
export const noFrame: MailFrame = {
  ...{ logo: null, light: null, dark: null, senderName: null },
  ...{ footer: {}, legal: {} },
};
