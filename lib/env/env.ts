import { resolve } from "node:path";
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
  senderName,
  setting,
  someOf,
  timeZone,
  webBase,
  webOrigin,
  webUrl,
  wholeNumber,
} from "@/lib/env/env-values";
import { senderExpected, senderFault } from "@/lib/env/mail-sender";
import { passkeyDomain, passkeyDomainFault, passkeyDomainOf } from "@/lib/env/passkey-domain";
import {
  isEveryone,
  isLoopbackHost,
  isLoopbackNetwork,
  isNetwork,
} from "@/lib/network/network-text";
import { isVisible } from "@/lib/typed/visible";

/** Every wrong setting, one sentence each: the variable's name and what was expected. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
  constructor(readonly sentences: string[]) {
    super(sentences.join("\n"));
  }
}

// A ~ or a $HOME that no shell filled in, a URL, or quotes that belong to whatever file it was written in.
const isDirectory = (path: string) => !/^["'`~]|^[a-z0-9+.-]+:\/\/|\$[a-z_{(]|^%\w+%/i.test(path);

const variables = z.object({
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
  EMAIL_TRANSPORT: z.enum(["mailbox", "resend", "smtp"], "mailbox, resend or smtp").optional(),
  RESEND_API_KEY: line("an API key of Resend, such as re_…, in one word", (value) =>
    /^[^\P{ASCII}\s"'`<>,;]+$/u.test(value),
  ).optional(),
  RESEND_BASE_URL: webBase(
    "an http or https URL without user, password and anything behind a ? or #",
  ).optional(),
  SMTP_URL: setting(readSmtpUrl).optional(),
  EMAIL_FROM: sender(senderExpected).optional(),
  EMAIL_PER_SECOND: perSecond(0.1, 1000).default(5),
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

type Values = z.output<typeof variables>;
type Name = keyof Values;

const appUrlOf = (v: Values) => v.APP_URL ?? `http://localhost:${v.PORT}`;
const transportOf = (v: Values) =>
  v.EMAIL_TRANSPORT ?? (v.RESEND_API_KEY ? "resend" : v.SMTP_URL ? "smtp" : "mailbox");

/** What is wrong with values that are right by themselves, and which these are. */
function faultsBetween(
  v: Values,
  isGiven: (name: Name) => boolean,
): { names: Name[]; sentence: string }[] {
  const faults: { names: Name[]; sentence: string }[] = [];
  const transport = transportOf(v);
  const open =
    (!isLoopbackHost(v.HOST) && "HOST") ||
    (!isLoopbackHost(new URL(appUrlOf(v)).hostname) && "APP_URL") ||
    (!v.TRUSTED_PROXIES.every(isLoopbackNetwork) && "TRUSTED_PROXIES");
  if (transport === "resend" && !v.RESEND_API_KEY) {
    const sentence =
      "RESEND_API_KEY must be an API key of Resend, because EMAIL_TRANSPORT is resend.";
    faults.push({ names: ["EMAIL_TRANSPORT", "RESEND_API_KEY"], sentence });
  }
  if (transport === "smtp" && !v.SMTP_URL) {
    const sentence =
      "SMTP_URL must be a URL such as smtp://user:password@host:587, because EMAIL_TRANSPORT is smtp.";
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
  return faults;
}

/**
 * Checks the settings of an installation.
 *
 * @param source variables as in `process.env`; an empty value counts as not set
 * @throws EnvironmentError with one sentence per wrong variable, all of them at once
 */
export function readEnvironment(source: Record<string, string | undefined>) {
  const given = Object.fromEntries(
    Object.entries(source)
      .filter(([, value]) => value !== undefined && value.trim() !== "")
      .map(([name, value]) => [name, value?.trim()]),
  );
  const wrong = new Map<PropertyKey, string>();
  const parsed = variables.safeParse(given);
  for (const { path, message } of parsed.error?.issues ?? [])
    wrong.set(path[0] ?? "", `${path.join(".")} must be ${message}.`);
  // What is wrong by itself is reported once, and the rest is judged as if it were not there.
  const right = Object.entries(given).filter(([name]) => !wrong.has(name));
  const v = parsed.data ?? variables.parse(Object.fromEntries(right));
  const between = faultsBetween(v, (name) => name in given)
    .filter(({ names }) => !names.some((name) => wrong.has(name)))
    .map(({ sentence }) => sentence);
  if (wrong.size + between.length > 0) throw new EnvironmentError([...wrong.values(), ...between]);

  return {
    port: v.PORT,
    host: v.HOST,
    appUrl: appUrlOf(v),
    databaseUrl: v.DATABASE_URL,
    dataDir: resolve(v.DATA_DIR),
    authSecrets: v.AUTH_SECRET,
    trustedProxies: v.TRUSTED_PROXIES,
    emailTransport: transportOf(v),
    resendApiKey: v.RESEND_API_KEY,
    resendBaseUrl: v.RESEND_BASE_URL,
    smtpUrl: v.SMTP_URL,
    emailFrom: v.EMAIL_FROM ?? `${senderName(v.BRAND_NAME)} <no-reply@localhost>`,
    emailPerSecond: v.EMAIL_PER_SECOND,
    support: { phone: v.SUPPORT_PHONE, hours: v.SUPPORT_HOURS, email: v.SUPPORT_EMAIL },
    codeLifetimeMinutes: v.CODE_LIFETIME_MINUTES,
    codeMaxAttempts: v.CODE_MAX_ATTEMPTS,
    blockMinutes: v.BLOCK_MINUTES,
    signupsPerHour: v.SIGNUPS_PER_HOUR,
    timeZone: v.TIME_ZONE,
    accountCodesPerHour: v.ACCOUNT_CODES_PER_HOUR,
    passwordAttemptsPerHour: v.PASSWORD_ATTEMPTS_PER_HOUR,
    ipv6Prefix: v.IPV6_PREFIX,
    brand: { name: v.BRAND_NAME, color: v.BRAND_COLOR, logoUrl: v.BRAND_LOGO_URL },
    verificationMode: v.VERIFICATION_MODE,
    caseCoolingHours: v.CASE_COOLING_HOURS,
    /** null: APP_URL names an address, and browsers keep passkeys for names alone. */
    passkeyDomain: passkeyDomainOf(v.PASSKEY_DOMAIN, appUrlOf(v)),
    twoStepRequired: v.TWO_STEP_REQUIRED,
    worker: v.WORKER,
  };
}

/** The checked settings of an installation. */
export type Environment = ReturnType<typeof readEnvironment>;

let current: Environment | undefined;

/**
 * The settings of this process, read once.
 *
 * @throws EnvironmentError as `readEnvironment`
 */
export function env(): Environment {
  current ??= readEnvironment(process.env);
  return current;
}

/** Forgets the settings, for tests that change `process.env`. */
export function resetEnvironment(): void {
  current = undefined;
}
