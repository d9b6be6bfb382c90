import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env/env";
import { REFERENCE_ALPHABET } from "@/lib/secrets/reference";

const PIN_LENGTH = 6;

/** Whose PIN, and how often it was used or renewed so far. */
export type PinAccount = { id: string; supportPinUses: number };

/**
 * Whether a session shows the PIN: one that began with a code, at a known place or with a trusted
 * browser, or has proven its mailbox since.
 */
export function seesSupportPin(session: { because: string; codeProvenAt: Date | null }): boolean {
  const { because, codeProvenAt } = session;
  return codeProvenAt !== null || !["hotline", "let-in", "not-asked"].includes(because);
}

function candidate(secret: string, { id, supportPinUses }: PinAccount, turn: number): string {
  const text = `portaria support pin ${id} ${supportPinUses} ${turn}`;
  const digest = createHmac("sha256", secret).update(text).digest();
  // 16 bits a character, so that no character comes noticeably more often than another.
  const characters = Array.from({ length: PIN_LENGTH }, (_, index) =>
    digest.readUInt16BE(index * 2),
  );
  return characters.map((value) => REFERENCE_ALPHABET[value % REFERENCE_ALPHABET.length]).join("");
}

/**
 * The support PIN of an account: six letters and digits by which support knows a caller. It is derived
 * from AUTH_SECRET, the account and the count of its uses, and stored nowhere. Never six digits, which
 * would look like a code.
 */
export function supportPinOf(account: PinAccount): string {
  const secret = env().authSecrets?.[0];
  if (secret === undefined) throw new Error("AUTH_SECRET is not set.");
  for (let turn = 0; ; turn += 1) {
    const pin = candidate(secret, account, turn);
    if (!/^\d+$/.test(pin)) return pin;
  }
}

/** Compares what a caller read out with the PIN, in constant time; case, spaces and dashes do not matter. */
export function isSupportPin(account: PinAccount, typed: string): boolean {
  const said = typed
    .normalize("NFKC")
    .replace(/[\s\p{Dash_Punctuation}]/gu, "")
    .toUpperCase();
  const pin = supportPinOf(account);
  if (said.length !== pin.length || Buffer.byteLength(said) !== pin.length) return false;
  return timingSafeEqual(Buffer.from(said), Buffer.from(pin));
}
