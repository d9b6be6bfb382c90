import { env } from "@/lib/env/env";
import type { TransportName } from "@/lib/env/mail-transports";
import type { PacedChannel } from "@/lib/mail/lanes";
import { mailboxTransport } from "@/lib/mail/transports/mailbox";
import { resendTransport } from "@/lib/mail/transports/resend";
import { SMTP_CONNECTIONS_AT_ONCE, smtpTransport } from "@/lib/mail/transports/smtp";
import type { Transport } from "@/lib/mail/transports/transport";

const REQUESTS_AT_ONCE = 100;

/** A transport by its name, and its pace; the mailbox has none. */
function wayOut(name: TransportName): { transport: Transport; channel: PacedChannel | null } {
  const { emailPerSecond: perSecond, resendApiKey, smtpUrl, smtpBounces } = env();
  switch (name) {
    case "resend":
      return {
        transport: resendTransport(resendApiKey ?? ""),
        channel: { name, perSecond, atOnce: REQUESTS_AT_ONCE },
      };
    case "smtp":
      return {
        transport: smtpTransport(smtpUrl ?? "", smtpBounces?.address ?? null),
        channel: { name, perSecond, atOnce: SMTP_CONNECTIONS_AT_ONCE },
      };
    case "mailbox":
      return { transport: mailboxTransport, channel: null };
  }
}

/** The transports that EMAIL_TRANSPORT names, in the order in which they are tried. */
export const chooseTransport = () => wayOut(env().emailTransports[0] ?? "mailbox");
