import { env } from "@/lib/env";
import { mailboxTransport } from "@/lib/mail/transports/mailbox";
import { resendTransport } from "@/lib/mail/transports/resend";
import { smtpTransport } from "@/lib/mail/transports/smtp";
import type { Transport } from "@/lib/mail/transports/transport";

/** The transport that EMAIL_TRANSPORT names. */
export function chooseTransport(): Transport {
  const { emailTransport, resendApiKey, smtpUrl } = env();
  switch (emailTransport) {
    case "resend":
      return resendTransport(resendApiKey ?? "");
    case "smtp":
      return smtpTransport(smtpUrl ?? "");
    case "mailbox":
      return mailboxTransport;
  }
}
