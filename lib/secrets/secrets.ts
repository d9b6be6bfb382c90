import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env/env";

const keys = new Map<string, Buffer>();

function keyFor(purpose: string, secret: string): Buffer {
  const id = `${purpose}\n${secret}`;
  const known = keys.get(id);
  if (known !== undefined) return known;
  const key = Buffer.from(hkdfSync("sha256", secret, "", `portaria ${purpose}`, 32));
  keys.set(id, key);
  return key;
}

const signature = (purpose: string, secret: string, body: string) =>
  createHmac("sha256", keyFor(purpose, secret)).update(body).digest();

function secrets(): string[] {
  const all = env().authSecrets;
  if (all === undefined) throw new Error("AUTH_SECRET is not set.");
  return all;
}

/** Keys of 256 bits for one purpose, one of each AUTH_SECRET, the present one first. */
export function keysFor(purpose: string): Buffer[] {
  return secrets().map((secret) => keyFor(purpose, secret));
}

/** For what Next seals into pages: 256 bits of the first AUTH_SECRET in base64, never to be stored. */
export function sealingKey(): string {
  const [first = ""] = secrets();
  return keyFor("server actions", first).toString("base64");
}

/** Signs a value for one purpose with the first AUTH_SECRET. Readable by everyone, forgeable by nobody. */
export function seal(purpose: string, value: unknown): string {
  const body = Buffer.from(JSON.stringify(value)).toString("base64url");
  const [first = ""] = secrets();
  return `${body}.${signature(purpose, first, body).toString("base64url")}`;
}

/** What was sealed for this purpose under any AUTH_SECRET, else null. Never throws on hostile input. */
export function unseal(purpose: string, sealed: string | undefined): unknown {
  if (sealed === undefined || sealed.length > 4096) return null;
  const [body, given, ...rest] = sealed.split(".");
  if (body === undefined || given === undefined || rest.length > 0) return null;
  const bytes = Buffer.from(given, "base64url");
  const valid = secrets().some((secret) => {
    const right = signature(purpose, secret, body);
    return right.length === bytes.length && timingSafeEqual(right, bytes);
  });
  if (!valid) return null;
  try {
    return JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

/** A random secret of 256 bits for a cookie or link; base64url without six digits in a row. */
export function newSecret(): string {
  for (;;) {
    const secret = randomBytes(32).toString("base64url");
    if (!/\d{6}/.test(secret)) return secret;
  }
}

/** What is stored of a secret. A fast hash is enough for 256 random bits. */
export function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(secret).digest());
}
