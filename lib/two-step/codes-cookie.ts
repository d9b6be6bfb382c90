import { cookieName, cookieOptions, cookieSeconds } from "@/lib/cookies/cookies";
import { cookieJar } from "@/lib/cookies/jar";
import { currentRequest } from "@/lib/log/request-context";
import { decrypt, encrypt } from "@/lib/secrets/encryption";
import { seal, unseal } from "@/lib/secrets/secrets";

const purpose = "recovery-codes";

/** Hands new recovery codes to the next page of this browser and session: encrypted, for two minutes. */
export function handCodesToPage(sessionId: string, codes: readonly string[]): void {
  const encrypted = Buffer.from(encrypt(purpose, sessionId, codes.join(" "))).toString("base64url");
  cookieJar().set(
    cookieName("recovery-codes"),
    seal(purpose, encrypted),
    cookieOptions(cookieSeconds.recoveryCodes),
  );
}

/**
 * The codes that were handed to this page; null: none, or another session's. They are shown once: the page's
 * answer takes them back.
 */
export function takeShownCodes(sessionId: string): string[] | null {
  const encrypted = unseal(purpose, cookieJar().get(cookieName("recovery-codes")));
  if (typeof encrypted !== "string") return null;
  const request = currentRequest();
  if (request !== undefined) request.codesShown = true;
  const plain = decrypt(purpose, sessionId, new Uint8Array(Buffer.from(encrypted, "base64url")));
  return plain === null ? null : plain.split(" ");
}
