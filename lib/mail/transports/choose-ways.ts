import { env } from "@/lib/env/env";
import type { TransportName } from "@/lib/env/mail-transports";
import { mailboxTransport } from "@/lib/mail/transports/mailbox";
import { resendBatchTransport, resendTransport } from "@/lib/mail/transports/resend";
import { SMTP_CONNECTIONS_AT_ONCE, smtpTransport } from "@/lib/mail/transports/smtp";
import type { Way } from "@/lib/mail/ways";

const REQUESTS_AT_ONCE = 100;

/** A transport by its name, and its pace; the mailbox has none. */
function wayOut(name: TransportName): Way {
  const { emailPerSecond: perSecond, resendApiKey, smtpUrl, smtpBounces } = env();
  switch (name) {
    case "resend":
      return {
        name,
        transport: resendTransport(resendApiKey ?? ""),
        batch: resendBatchTransport(resendApiKey ?? ""),
        channel: { name, perSecond, atOnce: REQUESTS_AT_ONCE },
        knowsRepeats: true,
      };
    case "smtp":
      return {
        name,
        transport: smtpTransport(smtpUrl ?? "", smtpBounces?.address ?? null),
        channel: { name, perSecond, atOnce: SMTP_CONNECTIONS_AT_ONCE },
        knowsRepeats: false,
      };
    case "mailbox":
      return { name, transport: mailboxTransport, channel: null, knowsRepeats: true };
  }
}

/** The ways out that EMAIL_TRANSPORT names, in the order in which they are tried. */
export function chooseWays(): readonly [Way, ...Way[]] {
  const [first = "mailbox", ...others] = env().emailTransports;
  return [wayOut(first), ...others.map(wayOut)];
}
