import { randomUUID } from "node:crypto";
import type { PendingCookie } from "@/lib/challenge/pending-store";
import type { Client } from "@/lib/client/client";
import { db } from "@/lib/db/client";
import { hashSecret } from "@/lib/secrets/secrets";

/** A client at an address, for steps called without a request. */
export function clientAt(ip: string): Client {
  return {
    ip,
    network: `${ip}/32`,
    countryCode: null,
    browser: "Firefox 145",
    system: "Linux",
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    timeZone: null,
  };
}

/** An address that nobody else has. */
export const freshAddress = () => `${randomUUID()}@example.com`;

/** A browser id of its own. */
export const newBrowser = () => randomUUID();

/** The cookie that an outcome with a pending sign-in puts into a browser. */
export function cookieOf(asked: { challengeId: string; secret: string }): PendingCookie {
  return { id: asked.challengeId, secretHash: hashSecret(asked.secret) };
}

/** The proof of a customer who knows the password that is set now. */
export async function passwordProof(accountId: string) {
  const account = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  return { kind: "password" as const, changedAt: account.passwordChangedAt };
}

/** Makes an account with trusted places; without a hash nobody signs in by password. */
export async function makeAccount(
  options: { trusted?: string[]; passwordHash?: string; at?: Date; email?: string } = {},
) {
  const at = options.at ?? new Date("2026-01-01T00:00:00Z");
  return db.account.create({
    data: {
      email: options.email ?? `${randomUUID()}@example.com`,
      name: "Ana",
      passwordHash: options.passwordHash ?? "",
      locale: "en",
      createdAt: at,
      passwordChangedAt: at,
      places: {
        create: (options.trusted ?? []).map((ip) => ({
          network: `${ip}/32`,
          because: "sign-up",
          createdAt: at,
          lastUsedAt: at,
        })),
      },
    },
  });
}

/** A code that is not the right one. */
export function otherCode(code: string): string {
  return code === "000000" ? "000001" : "000000";
}
