import { createHmac, timingSafeEqual } from "node:crypto";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { withoutNote, withoutNoteLine } from "@/lib/mail/second-copy";
import { keysFor } from "@/lib/secrets/secrets";

const parts = ["subject", "text", "html"] as const;
const BYTES = 16;

/** What somebody has before them of a mail; null: it has no such part. */
export type MailCopy = { [part in (typeof parts)[number]]: string | null };

// Of what programs on the way change without changing what is shown: where lines end, and how accents
// are composed. One that is not to be seen counts as any other.
const inOneWay = (text: string) =>
  text
    .replace(/\p{L}\p{M}+/gu, (one) => one.normalize("NFC"))
    .replace(/\s+/gu, " ")
    .trim();

// Some servers name the characters once more, right behind the head's beginning. Nothing else is passed over:
// of two attributes of a name the first counts, and a quotation mark that is left open swallows what follows.
const charset =
  /(?<=^[\s\S]{0,1000}?<head>)[ \t\r\n\f]*<meta http-equiv="content-type" content="text\/html; charset=(utf-8|us-ascii|iso-8859-\d{1,2}|windows-125\d)">/i;

// Only what HTML itself takes for white space: any other character in a tag makes it another tag.
const htmlInOneWay = (html: string) =>
  html
    .replace(charset, "")
    .replace(/[ \t\r\n\f]+/g, " ")
    .replace("<head> ", "<head>")
    .trim();

// The second of two copies says so at its end, and is ours as the first is.
const normalised = {
  subject: inOneWay,
  text: (text: string) => withoutNote(inOneWay(text)),
  html: (html: string) => htmlInOneWay(withoutNoteLine(html)),
};

// A key, as a plain digest would let whoever has the database look for the six digits of a code.
function digestOf(key: Buffer, part: (typeof parts)[number], text: string): Buffer {
  const digest = createHmac("sha256", key)
    .update(`${part}\n${normalised[part](text)}`)
    .digest();
  return digest.subarray(0, BYTES);
}

/** What is kept of a mail that is handed over, by which a copy of it is known, every link of it included. */
export function fingerprintOf(mail: RenderedMail): Buffer {
  const [key = Buffer.alloc(0)] = keysFor("mail fingerprint");
  return Buffer.concat(parts.map((part) => digestOf(key, part, mail[part])));
}

/**
 * Whether a copy has a body, and nothing in it is otherwise than in the mail whose fingerprint was kept.
 * One of before is known as long as the AUTH_SECRET it was made with is in the list.
 */
export function isCopyOf(fingerprint: Uint8Array, copy: MailCopy): boolean {
  const there = parts.filter((part) => copy[part] !== null);
  if (!there.includes("text") && !there.includes("html")) return false;
  if (fingerprint.length !== parts.length * BYTES) return false;
  return keysFor("mail fingerprint").some((key) =>
    there.every((part) => {
      const at = parts.indexOf(part) * BYTES;
      const kept = fingerprint.subarray(at, at + BYTES);
      return timingSafeEqual(kept, digestOf(key, part, copy[part] ?? ""));
    }),
  );
}
