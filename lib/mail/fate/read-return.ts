import PostalMime from "postal-mime";
import { firstLines, hasEndlessHeader } from "@/lib/mail/bounded-source";
import { openReturnToken, RETURN_TOKEN_LENGTH } from "@/lib/mail/fate/return-address";
import {
  type DeliveryStatus,
  type RecipientStatus,
  readDeliveryStatus,
} from "@/lib/mail/rules/delivery-status";

/** So much of a mail is read: reports stand before the mail that they return. */
export const RETURN_BYTES = 256 * 1024;

const DEEPEST_PART = 10;
const HEADER_BYTES = 64 * 1024;

const statusTypes = ["message/delivery-status", "message/global-delivery-status"];

// Where servers write to whom a mail came; a mail that is bounced anew may name several.
const addressHeaders = ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to"];

/** What a mail that came back says: of which mail of ours, when, and of whom. */
export type ReadReturn =
  | { kind: "report"; mailId: string; at: Date | null; recipients: RecipientStatus[] }
  | { kind: "not-a-mail" | "no-report" | "not-signed" };

const tokenInAddress = new RegExp(`\\+([a-z]{${RETURN_TOKEN_LENGTH}})@`, "gi");

/** The one mail of ours that a report was sent to the address of; null: none, or several. */
function signedMail(headers: { key: string; value: string }[], said: DeliveryStatus) {
  const tokens = headers
    .filter(({ key }) => addressHeaders.includes(key))
    .flatMap(({ value }) => [...value.matchAll(tokenInAddress)].map(([, token]) => token ?? ""));
  const named = [...new Set([...tokens, said.envelopeId ?? ""].map((one) => one.toLowerCase()))];
  const ids = new Set(named.slice(0, 20).flatMap((token) => openReturnToken(token) ?? []));
  return ids.size === 1 ? [...ids][0] : undefined;
}

const looksLikeMail = (bytes: Uint8Array) =>
  /^(From .*\r?\n)?[!-9;-~]+[ \t]*:/.test(Buffer.from(bytes.subarray(0, 1000)).toString("latin1"));

async function parse(bytes: Uint8Array) {
  try {
    return await PostalMime.parse(bytes, {
      // What is returned of the mail itself is no report, whatever it holds.
      forceRfc822Attachments: true,
      maxNestingDepth: DEEPEST_PART,
      maxHeadersSize: HEADER_BYTES,
    });
  } catch {
    // Parts in parts without end, or headers of nothing else.
    return null;
  }
}

/**
 * Reads a mail that came back, its first 256 KiB: a report on a delivery (RFC 3464), which came to an address
 * that we signed. A report in the text of another mail counts for nothing.
 */
export async function readReturn(raw: Uint8Array): Promise<ReadReturn> {
  const bytes = firstLines(raw.subarray(0, RETURN_BYTES));
  if (!looksLikeMail(bytes)) return { kind: "not-a-mail" };
  if (hasEndlessHeader(Buffer.from(bytes).toString("latin1"))) return { kind: "no-report" };
  const mail = await parse(bytes);
  if (mail === null) return { kind: "no-report" };
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value ?? "";
  const isReport = /^\s*multipart\/report\b/i.test(header("content-type"));
  const part = mail.attachments.find(({ mimeType }) => statusTypes.includes(mimeType));
  if (!isReport || part === undefined) return { kind: "no-report" };
  const { content } = part;
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  const said = readDeliveryStatus(text);
  const mailId = signedMail(mail.headers, said);
  if (mailId === undefined) return { kind: "not-signed" };
  const at = new Date(header("date"));
  const isDated = !Number.isNaN(at.getTime());
  return { kind: "report", mailId, at: isDated ? at : null, recipients: said.recipients };
}
