import { randomBytes, timingSafeEqual } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { decrypt, encrypt, encryptAnew } from "@/lib/secrets/encryption";

/** Seconds for which a code of an authenticator app stands (RFC 6238). */
export const STEP_SECONDS = 30;

// A clock may be off by one step either way (RFC 6238, section 5.2).
const STEPS_OFF = [-1, 0, 1];
const KEY_BYTES = 20;
const purpose = "authenticator app";

/** A new key of 160 bits. */
export const newAppKey = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(KEY_BYTES));

/** What is stored of the key of an app: sealed with AUTH_SECRET, for that app alone. */
export const sealAppKey = (appId: string, key: Uint8Array): Uint8Array<ArrayBuffer> =>
  encrypt(purpose, appId, Buffer.from(key).toString("base64"));

/** The key of an app; null once the AUTH_SECRET it was sealed with is gone. */
export function openAppKey(appId: string, sealed: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const plain = decrypt(purpose, appId, sealed);
  return plain === null ? null : new Uint8Array(Buffer.from(plain, "base64"));
}

/** The key sealed with the present AUTH_SECRET where an older one sealed it; null: nothing is to be done. */
export const resealAppKey = (appId: string, sealed: Uint8Array): Uint8Array<ArrayBuffer> | null =>
  encryptAnew(purpose, appId, sealed);

const totpOf = (key: Uint8Array<ArrayBuffer>, label?: { account: string; brand: string }) =>
  new TOTP({
    secret: new Secret({ buffer: key.slice().buffer }),
    algorithm: "SHA1",
    digits: 6,
    period: STEP_SECONDS,
    ...(label && { issuer: label.brand, label: label.account }),
  });

/** The step that a moment is in. */
export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / STEP_SECONDS);

/** The code of an app at a step: six digits. */
export const codeAtStep = (key: Uint8Array<ArrayBuffer>, step: number): string =>
  totpOf(key).generate({ timestamp: step * STEP_SECONDS * 1000 });

/**
 * Judges a code of an app: right is that of the present step or of one either side.
 *
 * @param app.lastStep the step of its last right code: that one and older ones are wrong
 */
export function judgeAppCode(
  app: { key: Uint8Array<ArrayBuffer>; lastStep: number | null },
  digits: string,
  now: Date,
): { kind: "right"; step: number } | { kind: "wrong" } {
  const step = STEPS_OFF.map((off) => stepAt(now) + off)
    .filter((step) => step > (app.lastStep ?? -1))
    .find((step) => isSame(codeAtStep(app.key, step), digits));
  return step === undefined ? { kind: "wrong" } : { kind: "right", step };
}

const isSame = (code: string, digits: string): boolean =>
  code.length === digits.length && timingSafeEqual(Buffer.from(code), Buffer.from(digits));

/** The `otpauth:` address that an app reads a key from, as a QR code or a link. */
export const appUri = (
  key: Uint8Array<ArrayBuffer>,
  label: { account: string; brand: string },
): string => totpOf(key, label).toString();

/** A key as text, in groups of four letters and digits (base32, RFC 4648). */
export const spokenKey = (key: Uint8Array<ArrayBuffer>): string =>
  (totpOf(key).secret.base32.match(/.{1,4}/g) ?? []).join(" ");
