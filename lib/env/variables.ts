import { z } from "zod";
import { readDatabaseUrl, readSmtpUrl } from "@/lib/env/connection-url";
import {
  amountOf,
  Expected,
  emailAddress,
  entriesOf,
  hostToListenOn,
  line,
  perSecond,
  sender,
  setting,
  someOf,
  timeZone,
  webBase,
  webOrigin,
  webUrl,
  wholeNumber,
} from "@/lib/env/env-values";
import { senderExpected } from "@/lib/env/mail-sender";
import { type TransportName, transports } from "@/lib/env/mail-transports";
import { readMailboxUrl, readReturnMailbox } from "@/lib/env/mailbox-url";
import { passkeyDomain } from "@/lib/env/passkey-domain";
import { isEveryone, isNetwork } from "@/lib/network/network-text";
import { isVisible } from "@/lib/typed/visible";

// A ~ or a $HOME that no shell filled in, a URL, or quotes that belong to whatever file it was written in.
const isDirectory = (path: string) => !/^["'`~]|^[a-z0-9+.-]+:\/\/|\$[a-z_{(]|^%\w+%/i.test(path);

/** Every setting: how it is read, and what it is where it is not set. */
export const variables = z.object({
  PORT: wholeNumber(1, 65535).default(3000),
  HOST: hostToListenOn(
    "an IP address or host name of this machine, without http:// and without a port",
  ).default("127.0.0.1"),
  APP_URL: webOrigin(
    "an http or https URL with nothing behind the host and port, such as https://customers.example.com",
  ).optional(),
  DATABASE_URL: setting(readDatabaseUrl).optional(),
  DATA_DIR: line(
    "the path of a directory, written out, such as /var/lib/my-portaria",
    isDirectory,
  ).default(".data"),
  AUTH_SECRET: setting((value) => {
    const secrets = value.split(",").map((secret) => secret.trim());
    if (secrets.some((secret) => secret.length < 32 || /\p{Cc}/u.test(secret)))
      throw new Expected("one secret of 32 characters or more, or several separated by commas");
    return [...new Set(secrets)];
  }).optional(),
  TRUSTED_PROXIES: setting((value) => {
    const entries = entriesOf(value);
    if (entries.some((entry) => !isNetwork(entry) || isEveryone(entry)))
      throw new Expected(
        "IP addresses or CIDR ranges of your reverse proxies, separated by commas (0.0.0.0/0 and ::/0 are refused)",
      );
    return entries;
  }).default([]),
  EMAIL_TRANSPORT: transports(
    "mailbox, resend, smtp, or resend and smtp separated by a comma in the order in which they are tried",
  ).optional(),
  RESEND_API_KEY: line("an API key of Resend, such as re_…, in one word", (value) =>
    /^[^\P{ASCII}\s"'`<>,;]+$/u.test(value),
  ).optional(),
  RESEND_BASE_URL: webBase(
    "an http or https URL without user, password and anything behind a ? or #",
  ).optional(),
  RESEND_WEBHOOK_SECRET: line(
    "the signing secret of a webhook at Resend, such as whsec_…",
    (value) => /^(whsec_)?[A-Za-z0-9+/]{16,}={0,2}$/.test(value),
  ).optional(),
  SMTP_URL: setting(readSmtpUrl).optional(),
  SMTP_BOUNCES: setting(readReturnMailbox).optional(),
  EMAIL_FROM: sender(senderExpected).optional(),
  EMAIL_PER_SECOND: perSecond(0.1, 1000).default(5),
  OUTAGE_MEDIAN_SECONDS: wholeNumber(5, 3600).default(60),
  OUTAGE_REFUSED_PERCENT: wholeNumber(1, 100).default(20),
  MAIL_KEPT_DAYS: wholeNumber(5, 365).default(30),
  CANARY_EMAIL: emailAddress("an e-mail address such as canary@example.com").optional(),
  CANARY_INBOX: setting(readMailboxUrl).optional(),
  METRICS_TOKEN: line("a token of 8 characters or more in one word", (value) =>
    /^[\x21-\x7e]{8,}$/.test(value),
  ).optional(),
  SUPPORT_PHONE: line(
    "a telephone number of at most 60 characters, such as +351 210 123 456",
    (value) => value.length <= 60 && /^[^<>]*\p{Nd}[^<>]*\p{Nd}[^<>]*\p{Nd}[^<>]*$/u.test(value),
  ).optional(),
  SUPPORT_HOURS: line(
    "opening hours in one line of at most 200 characters, such as Mon to Fri, 9 to 18 h",
    (value) => value.length <= 200 && !/[<>]/.test(value) && isVisible(value),
  ).optional(),
  SUPPORT_EMAIL: emailAddress("an e-mail address such as help@example.com").optional(),
  // Wrong attempts are forgotten after an hour: a code that lived longer could be guessed at longer.
  CODE_LIFETIME_MINUTES: amountOf("minutes", 60).default(10),
  CODE_LIFETIME_OUTAGE_MINUTES: amountOf("minutes", 60).default(10),
  CODE_MAX_ATTEMPTS: wholeNumber(1, 10).default(3),
  BLOCK_MINUTES: amountOf("minutes", 10080).default(60),
  SIGNUPS_PER_HOUR: wholeNumber(1, 1_000_000).default(10),
  TIME_ZONE: timeZone("a time zone by its name, such as Europe/Lisbon").default("UTC"),
  ACCOUNT_CODES_PER_HOUR: wholeNumber(1, 1000).default(5),
  PASSWORD_ATTEMPTS_PER_HOUR: wholeNumber(1, 10_000).default(20),
  IPV6_PREFIX: wholeNumber(32, 128).default(64),
  BRAND_NAME: line(
    'a name of 1 to 60 characters without <, > or "',
    (value) => value.length <= 60 && !/[<>"]/.test(value) && isVisible(value),
  ).default("Portaria"),
  BRAND_COLOR: line("a colour such as #1f5fbf", (value) => /^#[0-9a-f]{6}$/i.test(value)).default(
    "#1f5fbf",
  ),
  BRAND_LOGO_URL: webUrl("the http or https URL of an image, without user and password").optional(),
  VERIFICATION_MODE: z
    .enum(["off", "observe", "enforce"], "off, observe or enforce")
    .default("enforce"),
  CASE_COOLING_HOURS: amountOf("hours", 720).default(72),
  PASSKEY_DOMAIN: passkeyDomain(
    "a domain such as example.com, without http://, port and path",
  ).optional(),
  TWO_STEP_REQUIRED: someOf(
    ["customer", "marketing", "support", "admin"],
    "one or more of customer, marketing, support and admin, separated by commas",
  ).default([]),
  WORKER: z.enum(["inline", "off"], "inline or off").default("inline"),
});

/** The settings by themselves, before they are held against each other. */
export type Values = z.output<typeof variables>;

/** The name of a setting. */
export type Name = keyof Values;

/** The public origin. */
export const appUrlOf = (v: Values): string => v.APP_URL ?? `http://localhost:${v.PORT}`;

/** The ways out for mail, in the order in which they are tried. */
export const transportsOf = (v: Values): TransportName[] =>
  v.EMAIL_TRANSPORT ?? [v.RESEND_API_KEY ? "resend" : v.SMTP_URL ? "smtp" : "mailbox"];
