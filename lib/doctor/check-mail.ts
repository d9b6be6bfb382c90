import { checkMailbox } from "@/lib/doctor/check-mailbox";
import { checkResend } from "@/lib/doctor/check-resend";
import { checkSender } from "@/lib/doctor/check-sender";
import type { Dns } from "@/lib/doctor/dns";
import { type Finding, type InTime, ok, warning, wrong } from "@/lib/doctor/finding";
import type { Environment } from "@/lib/env/env";
import { parseSender } from "@/lib/mail/sender";
import { smtpFault } from "@/lib/mail/try-mail-server";

const RESEND_RETURN = "send";
const SELECTOR_OF_RESEND = "resend";
const events =
  "email.sent, email.delivered, email.delivery_delayed, email.bounced, email.complained, email.suppressed and email.failed";

const domainOf = (address: string) => (address.split("@").at(-1) ?? "").toLowerCase();

/** What is asked for beside the settings, and by what it is looked at. */
export type Asked = {
  /** null: that of the way out. */
  selector: string | null;
  dns: Dns;
  inTime: InTime;
};

async function checkByResend(env: Environment, asked: Asked): Promise<Finding[]> {
  const { selector, inTime } = asked;
  const domain = domainOf(parseSender(env.emailFrom).address);
  const baseUrl = env.resendBaseUrl ?? "https://api.resend.com";
  let returnDomain: string | null = null;
  const findings = await inTime("Resend", async () => {
    const checked = await checkResend({ apiKey: env.resendApiKey ?? "", baseUrl, domain });
    returnDomain = checked.returnDomain;
    return checked.findings;
  });
  const webhook =
    env.resendWebhookSecret === undefined
      ? warning(
          "webhooks",
          "RESEND_WEBHOOK_SECRET is not set: what became of a mail is not known.",
          `At Resend, add a webhook to ${env.appUrl}/api/webhooks/resend for ${events}, and put its signing secret into RESEND_WEBHOOK_SECRET.`,
        )
      : ok("webhooks", `Resend's webhooks are taken at ${env.appUrl}/api/webhooks/resend.`);
  const sender = {
    ...({ domain, way: "resend", relay: null } as const),
    envelopeDomain: returnDomain ?? `${RESEND_RETURN}.${domain}`,
    selector: selector ?? SELECTOR_OF_RESEND,
  };
  return [...findings, webhook, ...(await checkSender(sender, asked))];
}

async function checkBounces({ smtpBounces }: Environment): Promise<Finding> {
  if (smtpBounces === undefined) {
    return warning(
      "SMTP_BOUNCES",
      "SMTP_BOUNCES is not set: mail that comes back is read by nobody.",
      "Put the address that returned mail is to come to, or its mailbox as an imaps URL, into SMTP_BOUNCES.",
    );
  }
  const { address, inbox } = smtpBounces;
  return inbox === null
    ? ok("SMTP_BOUNCES", `Mail comes back to ${address}; npm run bounce is to be handed it.`)
    : checkMailbox("SMTP_BOUNCES", inbox);
}

async function checkServer(url: string): Promise<Finding> {
  const fault = await smtpFault(url);
  return fault === null
    ? ok("SMTP", "The mail server takes the user and password of SMTP_URL.")
    : wrong(
        "SMTP",
        `The mail server of SMTP_URL cannot be used: ${fault}.`,
        "Correct SMTP_URL, or start the mail server.",
      );
}

async function checkBySmtp(env: Environment, asked: Asked): Promise<Finding[]> {
  const { selector, inTime } = asked;
  const { address } = parseSender(env.emailFrom);
  const url = env.smtpUrl ?? "";
  const sender = {
    ...({ domain: domainOf(address), way: "smtp", selector } as const),
    envelopeDomain: domainOf(env.smtpBounces?.address ?? address),
    relay: new URL(url).hostname.replace(/^\[|\]$/g, ""),
  };
  const found = await Promise.all([
    inTime("SMTP", async () => [await checkServer(url)]),
    inTime("SMTP_BOUNCES", async () => [await checkBounces(env)]),
    checkSender(sender, asked),
  ]);
  return found.flat();
}

async function checkCanary(
  { canary, keepsMail }: Environment,
  { inTime }: Asked,
): Promise<Finding[]> {
  if (canary === null) {
    return [
      ok("canary", "No canary customer signs in: CANARY_EMAIL and CANARY_INBOX are not set."),
    ];
  }
  const found = await inTime("CANARY_INBOX", async () => [
    await checkMailbox("CANARY_INBOX", canary.inbox),
  ]);
  if (!keepsMail) return found;
  const lost = wrong(
    "canary",
    "No mail leaves, so that each sign-in of the canary fails, and /status says so.",
    "Set RESEND_API_KEY or SMTP_URL, or take CANARY_EMAIL and CANARY_INBOX out.",
  );
  return [...found, lost];
}

/** Looks at each way out for mail, and what receivers look at of its sender. Nothing is sent. */
export async function checkMail(env: Environment, asked: Asked): Promise<Finding[]> {
  if (env.keepsMail) {
    return [
      warning(
        "mail",
        "Mail stays in the database and is shown at /mailbox: nobody gets any.",
        "Set RESEND_API_KEY or SMTP_URL, and EMAIL_FROM.",
      ),
      ...(await checkCanary(env, asked)),
    ];
  }
  const ways = env.emailTransports.map((way) => {
    // A selector that was named is that of the way that has none of its own.
    if (way === "resend") {
      return checkByResend(
        env,
        env.emailTransports.includes("smtp") ? { ...asked, selector: null } : asked,
      );
    }
    return checkBySmtp(env, asked);
  });
  return (await Promise.all([...ways, checkCanary(env, asked)])).flat();
}
