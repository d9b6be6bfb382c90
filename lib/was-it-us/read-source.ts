import PostalMime, { type Email } from "postal-mime";
import { hasEndlessHeader, LINES_READ } from "@/lib/mail/bounded-source";
import type { MailCopy } from "@/lib/mail/fingerprint";
import { readMailReference } from "@/lib/mail/mail-reference";
import { unforward, withoutPrefixes } from "@/lib/was-it-us/rules/forwarded";
import { hasOneReading } from "@/lib/was-it-us/rules/mime-shape";

/**
 * What a pasted source is: none of a mail; a mail of which something cannot be compared (attachments, more
 * parts than we send, nothing to read); or a mail as its reader has it, with the references it names.
 */
export type ReadSource =
  | { kind: "none" }
  | { kind: "other" }
  | { kind: "mail"; copy: MailCopy; references: string[]; isForwarded: boolean };

// Ours have three parts, and a forwarded one a few more. More lines that may begin one are not looked at.
const PARTS_MOST = 12;
const BOUNDARIES_MOST = 60;
const limits = { maxNestingDepth: 6, maxHeadersSize: 128 * 1024, maxRfc822NestingDepth: 0 };

const REFERENCES_MOST = 3;
const long = /(?<![A-Z0-9-])[A-Z][A-Z0-9]{4}-[A-Z][A-Z0-9]{4}-[A-Z][A-Z0-9]{3}(?![A-Z0-9-])/g;
// As mails of before named theirs; a case or a block may have one like it.
const short = /(?<![A-Z0-9-])[A-Z2-9]{4}-[A-Z2-9]{3}(?![A-Z0-9-])/g;

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
const contentTypes = /^content-type[ \t]*:/gim;

function referencesIn(text: string): string[] {
  const named = [long, short].flatMap((pattern) =>
    [...new Set(text.match(pattern))].slice(0, REFERENCES_MOST),
  );
  return named.flatMap((one) => readMailReference(one) ?? []);
}

async function parse(source: string | Uint8Array): Promise<Email | null> {
  try {
    return await PostalMime.parse(source, limits);
  } catch {
    // Nested deeper than it reads, or more headers.
    return null;
  }
}

const isBlank = (text: string | undefined) => (text ?? "").trim() === "";
const isMail = ({ headers }: Email) =>
  headers.some(({ key }) => key === "from") &&
  headers.some(({ key }) => ["content-type", "message-id", "received"].includes(key));

/** The source of a mail that was forwarded as a file, where nothing was written beside it. */
function enclosed({ attachments, text, html }: Email): Uint8Array | null {
  const [only, ...others] = attachments;
  if (only?.mimeType !== "message/rfc822" || others.length > 0) return null;
  if (!isBlank(text) || !isBlank(html) || typeof only.content === "string") return null;
  return new Uint8Array(only.content);
}

const subjectIn = (written: string | null | undefined) =>
  written === null || written === undefined ? null : withoutPrefixes(written);
const subjectOf = ({ subject }: Email) => subjectIn(subject);

/** The subject that stands in two places: both are shown, and where they differ it is none of ours. */
const oneOf = (outer: string | null, inner: string | null) =>
  outer === null || inner === null || outer === inner ? (outer ?? inner) : `${outer}\n${inner}`;

function asItWas(email: Email): Extract<ReadSource, { kind: "mail" }> {
  const html = email.html ?? null;
  const subject = subjectOf(email);
  const read = email.text === undefined ? null : unforward(email.text);
  // Forwarded as text alone: what stood around it is known there.
  const bare = html === null && read !== null ? read : null;
  const text = bare?.text ?? email.text ?? null;
  return {
    kind: "mail",
    copy: { subject: oneOf(subject, bare && subjectIn(bare.subject)), text, html },
    references: referencesIn(text ?? html ?? ""),
    isForwarded: bare?.isForwarded ?? false,
  };
}

/**
 * Reads a mail's source as somebody pasted it: whatever it is, something comes out, in bounded time.
 *
 * @param source its characters, or the bytes of one that was within another
 */
export async function readSource(
  source: string | Uint8Array,
  isEnclosed = false,
): Promise<ReadSource> {
  const raw = typeof source === "string" ? source : new TextDecoder("latin1").decode(source);
  const parts = count(raw, contentTypes);
  if (parts > PARTS_MOST || count(raw, /^--/gm) > BOUNDARIES_MOST) return { kind: "other" };
  // None of ours has as many, and what is cut off could not be compared.
  if (count(raw, /\n/g) > LINES_READ || hasEndlessHeader(raw)) return { kind: "other" };
  const email = await parse(source);
  if (email === null) return { kind: "other" };
  if (!isMail(email)) return { kind: "none" };
  if (!hasOneReading(raw)) return { kind: "other" };
  const within = isEnclosed ? null : enclosed(email);
  if (within !== null) {
    const inner = await readSource(within, true);
    if (inner.kind !== "mail") return { kind: "other" };
    const subject = oneOf(subjectOf(email), inner.copy.subject);
    return { ...inner, copy: { ...inner.copy, subject }, isForwarded: true };
  }
  const read = [email.text, email.html].filter((one) => one !== undefined).length;
  // A part that is read as another than the one that a mail program shows would have its own type.
  if (read === 0 || email.attachments.length > 0 || parts > read + 1) return { kind: "other" };
  return asItWas(email);
}
