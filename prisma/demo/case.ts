import { randomUUID } from "node:crypto";
import { sealDocument } from "@/lib/cases/documents/document-seal";
import { db } from "@/lib/db/client";
import { afterDays, afterHours, afterMinutes } from "@/lib/moments";
import { newLinkKey } from "@/lib/secrets/link-token";
import { newReference } from "@/lib/secrets/reference";
import { demoIdentityCard } from "@/prisma/demo/demo-document";
import {
  changed,
  type DemoCharacter,
  firefox,
  judged,
  makeAccount,
  signedUpAt,
} from "@/prisma/demo/person";

const homeIp = "198.51.100.44";

async function makeCase(accountId: string, at: Date): Promise<void> {
  const sentAt = afterHours(at, -5);
  const { id, secretId } = newLinkKey("case");
  const documentId = randomUUID();
  const card = demoIdentityCard();
  await db.recoveryCase.create({
    data: {
      id,
      secretId,
      reference: newReference(),
      accountId,
      accountEmail: chloe.email,
      proof: "password",
      state: "open",
      newEmail: "chloe.martin@example.net",
      newEmailConfirmedAt: afterMinutes(sentAt, -8),
      whatHappened:
        "J’ai changé de fournisseur d’accès et l’ancienne adresse a été fermée sans prévenir. Je n’y ai plus accès depuis mardi. Mon domaine est martin-ceramique.example.",
      ip: "203.0.113.140",
      countryCode: null,
      userAgent: firefox,
      locale: "fr",
      createdAt: afterMinutes(sentAt, -20),
      expiresAt: afterHours(sentAt, 23),
      sentAt,
      documents: {
        create: {
          id: documentId,
          name: "carte-identite.png",
          type: "image/png",
          size: card.length,
          addedAt: afterMinutes(sentAt, -4),
          ...sealDocument(documentId, card),
        },
      },
    },
  });
}

/** Chloé lost the mailbox of her provider and asks for another contact e-mail; support has to decide. */
export const chloe: DemoCharacter = {
  story: "customer with an open case",
  email: "chloe@example.com",
  name: "Chloé Martin",
  role: "customer",
  make: async (at, passwordHash) => {
    const joined = afterDays(at, -400);
    const accountId = await makeAccount(chloe, passwordHash, joined, {
      locale: "fr",
      timeZone: "Europe/Paris",
      phone: "+33199005555",
      phoneChangedAt: joined,
      places: { create: [signedUpAt(`${homeIp}/32`, joined, afterDays(at, -9))] },
      activities: {
        create: [
          changed("account-created", {}, homeIp, joined),
          changed("case-sent", {}, "203.0.113.140", afterHours(at, -5)),
        ],
      },
      judgements: {
        create: [
          judged(homeIp, firefox, afterDays(at, -30), "entered", "known-place"),
          judged(homeIp, firefox, afterDays(at, -9), "entered", "known-place"),
          judged("203.0.113.140", firefox, afterHours(at, -6), "asked-for-code", "new-place"),
        ],
      },
    });
    await makeCase(accountId, at);
  },
  keep: async (accountId, at, since) => {
    if (since === "meanwhile") return;
    const waiting = await db.recoveryCase.count({ where: { accountId, endedAt: null } });
    if (waiting === 0) await makeCase(accountId, at);
  },
};
