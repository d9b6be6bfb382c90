import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env/env";
import { presentSecretId, secretIdOf } from "@/lib/secrets/code";

const ID_BYTES = 16;
const SIGNATURE_BYTES = 32;
const TOKEN_CHARACTERS = ((ID_BYTES + SIGNATURE_BYTES) / 3) * 4;

/** What a mailed link does; a token made for one opens no other. */
export type LinkPurpose =
  | "password reset"
  | "not-me"
  | "confirm-address"
  | "confirm-old-email"
  | "confirm-new-email"
  | "object-case"
  | "case"
  | "staff-invitation";

/** What is stored of a link: nothing that its token could be made from without AUTH_SECRET. */
export type LinkKey = { id: string; secretId: string };

const idBytes = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");

function idText(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const signature = (purpose: LinkPurpose, secret: string, id: Buffer) =>
  createHmac("sha256", secret).update(`portaria ${purpose} `).update(id).digest();

/**
 * The token of a link: its id and 256 bits derived from AUTH_SECRET, as 64 characters of base64url.
 * It is never stored, so a dump of the database opens no account.
 *
 * @returns null once the secret it was made with is no longer among AUTH_SECRET
 */
export function linkTokenOf(purpose: LinkPurpose, link: LinkKey): string | null {
  const secret = env().authSecrets?.find((one) => secretIdOf(one) === link.secretId);
  if (secret === undefined) return null;
  const id = idBytes(link.id);
  return Buffer.concat([id, signature(purpose, secret, id)]).toString("base64url");
}

/** Makes the id of a new link, one whose token holds no six digits in a row. */
export function newLinkKey(purpose: LinkPurpose): LinkKey {
  for (;;) {
    const link = { id: randomUUID(), secretId: presentSecretId() };
    if (!/\d{6}/.test(linkTokenOf(purpose, link) ?? "")) return link;
  }
}

// What a mail program breaks a long line with, quoted-printable's mark before it included.
const lineBreaks = /=?[\s\p{Cf}]+/gu;
// "3D" is what is left of "=" in a source that was not decoded; what follows is the sentence's.
const inItsSentence = new RegExp(`^[^\\w-]*(?:3D)?([\\w-]{${TOKEN_CHARACTERS}})(?![a-z0-9])`, "i");

/**
 * The token in what came with a link that was pasted or broken on its way: without the full stop, bracket
 * or gap around it, and without line breaks within. What is none of ours comes back as it is.
 */
function tokenIn(typed: string): string {
  const text = typed.slice(0, 4 * TOKEN_CHARACTERS);
  const [whole, joined] = [text, text.replace(lineBreaks, "")].map((one) =>
    inItsSentence.exec(one),
  );
  return whole?.[1] ?? joined?.[1] ?? typed;
}

/**
 * The id of the link a token belongs to, compared in constant time under every AUTH_SECRET; null for
 * what we have not made. Takes it as it stands in its sentence. Never throws on hostile input.
 */
export function openLinkToken(purpose: LinkPurpose, token: string | null): string | null {
  const plain = tokenIn(token ?? "");
  if (plain.length !== TOKEN_CHARACTERS) return null;
  const bytes = Buffer.from(plain, "base64url");
  if (bytes.length !== ID_BYTES + SIGNATURE_BYTES) return null;
  const id = bytes.subarray(0, ID_BYTES);
  const given = bytes.subarray(ID_BYTES);
  const secrets = env().authSecrets ?? [];
  const right = secrets.filter((secret) => timingSafeEqual(signature(purpose, secret, id), given));
  return right.length > 0 ? idText(id) : null;
}
