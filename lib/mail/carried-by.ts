import { linkTypeOf, type MailKind, rowOf } from "@/lib/mail/kinds";
import type { Carried } from "@/lib/mail/mail-to-show";
import type { QueuedMail } from "@/lib/mail/queued-mail-store";
import { MailRefused } from "@/lib/mail/transports/transport";
import { codeOf } from "@/lib/secrets/code";
import { linkTokenOf } from "@/lib/secrets/link-token";

/** What a mail carries, made from the keys it names. Throws where that can no longer be made. */
export function carriedBy(mail: QueuedMail, kind: MailKind): Carried {
  const { carries } = rowOf(kind);
  const { challenge, link, notMe } = mail;
  const code = carries === "code" && challenge !== null ? codeOf(challenge) : null;
  if (carries === "code" && code === null) {
    throw new MailRefused("the secret its code was made with is no longer in AUTH_SECRET");
  }
  const type = linkTypeOf(kind);
  const isOfKind = type !== null && type === mail.linkType;
  const linkToken = isOfKind && link !== null ? linkTokenOf(type, link) : null;
  if (type !== null && linkToken === null) {
    throw new MailRefused("the secret its link was made with is no longer in AUTH_SECRET");
  }
  // A security mail without its link is worth more than none.
  return { code, linkToken, notMeToken: notMe === null ? null : linkTokenOf("not-me", notMe) };
}
