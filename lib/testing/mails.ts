import { randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import type { MailKind } from "@/lib/mail/kinds";
import { enqueueMail, type NewMail } from "@/lib/mail/outbox";
import type { MailMessage, Sent } from "@/lib/mail/transports/transport";
import { presentSecretId } from "@/lib/secrets/code";
import { freshAddress } from "@/lib/testing/people";

const hour = 60 * 60 * 1000;

/** A notice to nobody's account, of use for an hour. */
export function notice(changes: Partial<NewMail> = {}): NewMail {
  const recipient = changes.recipient ?? freshAddress();
  return {
    kind: "new-browser",
    accountId: null,
    recipient,
    locale: "en",
    timeZone: null,
    facts: {
      accountEmail: recipient,
      ip: "203.0.113.42",
      countryCode: "PT",
      browser: "Chrome 156",
      system: "Windows 11",
      at: new Date().toISOString(),
    },
    usefulUntil: new Date(Date.now() + hour),
    ...changes,
  };
}

/** Stores a mail of which nobody is notified, as where that was lost; its id. */
export async function storeUnheard(mail: NewMail): Promise<string> {
  const past = new Date(Date.now() - 1000);
  const { id } = await db.mail.create({ data: { ...mail, nextTryAt: past, createdAt: past } });
  return id;
}

/** Enqueues the mail of a sign-up's code; returns the mail's and the challenge's ids. */
export async function enqueueCodeMail(kind: MailKind = "sign-up-code") {
  const email = freshAddress();
  const at = new Date();
  const expiresAt = new Date(at.getTime() + hour);
  const challenge = await db.challenge.create({
    data: {
      purpose: "sign-up",
      email,
      place: "203.0.113.42/32",
      userAgent: "test",
      browserId: randomUUID(),
      secretHash: Buffer.alloc(32),
      secretId: presentSecretId(),
      locale: "en",
      lastMailAt: at,
      createdAt: at,
      expiresAt,
    },
  });
  const base = notice({ recipient: email });
  const mailId = await enqueueMail(db, {
    ...base,
    kind,
    challengeId: challenge.id,
    facts: { ...base.facts, until: expiresAt.toISOString() },
    usefulUntil: expiresAt,
  });
  return { mailId, challenge, email };
}

/** A transport that notes what it is given and then does as it is asked. */
export function recordingTransport(
  behave: (message: MailMessage) => Promise<void> = async () => {},
) {
  const taken: MailMessage[] = [];
  const tried: MailMessage[] = [];
  return {
    taken,
    tried,
    triedTo: (recipient: string) => tried.filter((message) => message.to === recipient),
    takenTo: (recipient: string) => taken.filter((message) => message.to === recipient),
    transport: async (message: MailMessage): Promise<Sent> => {
      tried.push(message);
      await behave(message);
      taken.push(message);
      return { channel: "resend", providerId: `provider-${message.id}` };
    },
  };
}
