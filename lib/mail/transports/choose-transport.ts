import { env } from "@/lib/env/env";
import type { PacedChannel } from "@/lib/mail/lanes";
import { mailboxTransport } from "@/lib/mail/transports/mailbox";
import { resendTransport } from "@/lib/mail/transports/resend";
import { SMTP_CONNECTIONS_AT_ONCE, smtpTransport } from "@/lib/mail/transports/smtp";
import type { Transport } from "@/lib/mail/transports/transport";

const REQUESTS_AT_ONCE = 100;

/** The transport that EMAIL_TRANSPORT names, and its pace; the mailbox has none. */
export function chooseTransport(): { transport: Transport; channel: PacedChannel | null } {
  const { emailTransport, emailPerSecond: perSecond, resendApiKey, smtpUrl } = env();
  switch (emailTransport) {
    case "resend":
      return {
        transport: resendTransport(resendApiKey ?? ""),
        channel: { name: "resend", perSecond, atOnce: REQUESTS_AT_ONCE },
      };
    case "smtp":
      return {
        transport: smtpTransport(smtpUrl ?? ""),
        channel: { name: "smtp", perSecond, atOnce: SMTP_CONNECTIONS_AT_ONCE },
      };
    case "mailbox":
      return { transport: mailboxTransport, channel: null };
  }
}
