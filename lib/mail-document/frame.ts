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

/** Characters of a sender's name, and of the footer or the legal lines of a language. */
export const NAME_MOST = 100;
export const WORDS_MOST = 2000;

const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/)
  .nullable();
const words = z.partialRecord(z.string().regex(/^[a-z]{2}$/), z.string().max(WORDS_MOST));

export const mailFrameSchema: z.ZodType<MailFrame> = z.strictObject({
  logo: z.string().regex(IMAGE_PATTERN).nullable(),
  light: color,
  dark: color,
  senderName: z.string().min(1).max(NAME_MOST).nullable(),
  footer: words,
  legal: words,
});

/** A frame that changes nothing. */
export const noFrame: MailFrame = {
  ...{ logo: null, light: null, dark: null, senderName: null },
  ...{ footer: {}, legal: {} },
};

/** A frame as it is kept in a draft; one that changes nothing where it is none. */
export function readFrame(json: string): MailFrame {
  try {
    const read = mailFrameSchema.safeParse(JSON.parse(json));
    return read.success ? read.data : noFrame;
  } catch {
    return noFrame;
  }
}

/** The fields of a frame as they are typed; empty ones are left to the settings. */
export type TypedFrame = Record<"logo" | "light" | "dark" | "senderName", string> &
  Record<"footer" | "legal", Record<string, string>>;

export type FrameError = "colorInvalid" | "nameTooLong" | "wordsTooLong" | "logoUnknown";

const HEX = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i;

/** A colour as #rrggbb; null: none is typed; undefined: it is none. */
function readColor(typed: string): string | null | undefined {
  if (typed === "") return null;
  const digits = HEX.exec(typed)?.[1]?.toLowerCase();
  if (digits === undefined) return undefined;
  return `#${digits.length === 6 ? digits : [...digits].map((digit) => digit + digit).join("")}`;
}

const filledIn = (words: Record<string, string>) =>
  Object.fromEntries(Object.entries(words).filter(([, text]) => text !== ""));

/** What somebody typed as a frame, or what is wrong with it, by field as `footer-fr`. */
export function readTypedFrame(
  typed: TypedFrame,
): { kind: "frame"; frame: MailFrame } | { kind: "invalid"; errors: Record<string, FrameError> } {
  const errors: Record<string, FrameError> = {};
  const [light, dark] = [readColor(typed.light), readColor(typed.dark)];
  if (light === undefined) errors.light = "colorInvalid";
  if (dark === undefined) errors.dark = "colorInvalid";
  if ([...typed.senderName].length > NAME_MOST) errors.senderName = "nameTooLong";
  for (const part of ["footer", "legal"] as const) {
    for (const [language, text] of Object.entries(typed[part])) {
      if (text.length > WORDS_MOST) errors[`${part}-${language}`] = "wordsTooLong";
    }
  }
  if (typed.logo !== "" && !IMAGE_PATTERN.test(typed.logo)) errors.logo = "logoUnknown";
  if (Object.keys(errors).length > 0) return { kind: "invalid", errors };
  const frame: MailFrame = {
    ...{ logo: typed.logo || null, light: light ?? null, dark: dark ?? null },
    senderName: typed.senderName || null,
    ...{ footer: filledIn(typed.footer), legal: filledIn(typed.legal) },
  };
  return { kind: "frame", frame };
}
