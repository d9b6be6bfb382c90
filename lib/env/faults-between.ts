import { senderFault } from "@/lib/env/mail-sender";
import { mailboxExpected } from "@/lib/env/mailbox-url";
import { passkeyDomainFault } from "@/lib/env/passkey-domain";
import { appUrlOf, type Name, transportsOf, type Values } from "@/lib/env/variables";
import { isLoopbackHost, isLoopbackNetwork } from "@/lib/network/network-text";

/** What is wrong with values that are right by themselves, and which these are. */
export function faultsBetween(
  v: Values,
  isGiven: (name: Name) => boolean,
): { names: Name[]; sentence: string }[] {
  const faults: { names: Name[]; sentence: string }[] = [];
  const ways = transportsOf(v);
  const transport = ways.join(",");
  const open =
    (!isLoopbackHost(v.HOST) && "HOST") ||
    (!isLoopbackHost(new URL(appUrlOf(v)).hostname) && "APP_URL") ||
    (!v.TRUSTED_PROXIES.every(isLoopbackNetwork) && "TRUSTED_PROXIES");
  if (ways.includes("resend") && !v.RESEND_API_KEY) {
    const sentence = `RESEND_API_KEY must be an API key of Resend, because EMAIL_TRANSPORT is ${transport}.`;
    faults.push({ names: ["EMAIL_TRANSPORT", "RESEND_API_KEY"], sentence });
  }
  if (ways.includes("smtp") && !v.SMTP_URL) {
    const sentence = `SMTP_URL must be a URL such as smtp://user:password@host:587, because EMAIL_TRANSPORT is ${transport}.`;
    faults.push({ names: ["EMAIL_TRANSPORT", "SMTP_URL"], sentence });
  }
  if (transport !== "mailbox") {
    const { EMAIL_FROM: emailFrom, RESEND_BASE_URL: ownResend } = v;
    const fault = senderFault({ transport, emailFrom, ownResend, isOpen: open !== false });
    const names: Name[] = ["EMAIL_FROM", "EMAIL_TRANSPORT", "RESEND_BASE_URL"];
    if (fault !== null) faults.push({ names, sentence: `EMAIL_FROM must be ${fault}.` });
  }
  if (isGiven("DATABASE_URL") && !v.AUTH_SECRET) {
    const sentence =
      "AUTH_SECRET must be 32 random characters or more, because DATABASE_URL is set (openssl rand -base64 33 makes one).";
    faults.push({ names: ["AUTH_SECRET"], sentence });
  }
  if (v.BRAND_LOGO_URL?.startsWith("http:") && appUrlOf(v).startsWith("https:")) {
    const sentence =
      "BRAND_LOGO_URL must be an https URL, because APP_URL is one and browsers show no image from http there.";
    faults.push({ names: ["BRAND_LOGO_URL", "APP_URL"], sentence });
  }
  const domainFault = passkeyDomainFault(v.PASSKEY_DOMAIN, appUrlOf(v));
  if (domainFault !== null) {
    faults.push({ names: ["PASSKEY_DOMAIN", "APP_URL"], sentence: domainFault });
  }
  if (transport === "mailbox" && open) {
    const sentence = `EMAIL_TRANSPORT must be resend or smtp here: the mailbox shows every mail to whoever reaches it, and ${open} is not a loopback address (set RESEND_API_KEY or SMTP_URL).`;
    faults.push({ names: [open, "EMAIL_TRANSPORT", "RESEND_API_KEY", "SMTP_URL"], sentence });
  }
  if ((v.CANARY_EMAIL === undefined) !== (v.CANARY_INBOX === undefined)) {
    const [is, isNot] = v.CANARY_EMAIL ? ["EMAIL", "INBOX"] : ["INBOX", "EMAIL"];
    const expected = v.CANARY_EMAIL ? mailboxExpected : "an e-mail address";
    const sentence = `CANARY_${isNot} must be ${expected}, because CANARY_${is} is set.`;
    faults.push({ names: ["CANARY_EMAIL", "CANARY_INBOX"], sentence });
  }
  return faults;
}
