import { createHmac, randomUUID } from "node:crypto";

/** The secret that tests seal webhooks with. */
export const webhookSecret = `whsec_${Buffer.from("a secret of tests alone, 32 bytes").toString("base64")}`;

/** What is sent as a webhook: its body and the headers of its signature (https://www.standardwebhooks.com). */
export type SignedWebhook = { body: string; headers: Record<string, string> };

/** An event with its signature, as Resend sends it. */
export function webhookOf(
  event: unknown,
  { secret = webhookSecret, id = `msg_${randomUUID()}`, at = new Date() } = {},
): SignedWebhook {
  const body = typeof event === "string" ? event : JSON.stringify(event);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  const headers = {
    "content-type": "application/json",
    "svix-id": id,
    "svix-timestamp": timestamp,
    "svix-signature": `v1,${signature}`,
  };
  return { body, headers };
}

/** An event about a mail, as Resend sends it. */
export const mailEvent = (
  type: string,
  mail: { id?: string; providerId: string; to?: string },
  more: Record<string, unknown> = {},
  at = new Date(),
) => ({
  type,
  created_at: at.toISOString(),
  data: {
    created_at: at.toISOString(),
    email_id: mail.providerId,
    from: "Host <no-reply@host.example>",
    to: [mail.to ?? "someone@example.com"],
    subject: "Your code",
    ...(mail.id === undefined ? {} : { tags: { mail: mail.id } }),
    ...more,
  },
});
