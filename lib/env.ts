import { resolve } from "node:path";
import { z } from "zod";
import { readEmail } from "@/lib/email-address";
import { isEveryone, isLoopbackHost, isLoopbackNetwork, isNetwork } from "@/lib/network-text";
import { timeZoneToday } from "@/lib/time-zones";

/** Every wrong setting, one sentence each: the variable's name and what was expected. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
  constructor(readonly sentences: string[]) {
    super(sentences.join("\n"));
  }
}

const text = (expected: string) => z.string(expected).trim().min(1, expected);

const wholeNumber = (fallback: number, min: number, max: number) => {
  const expected = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .default(String(fallback))
    .refine((value) => /^\d+$/.test(value.trim()), expected)
    .transform(Number)
    .refine((value) => value >= min && value <= max, expected);
};

const minutes = (fallback: number, max: number) => {
  const expected = `a number of minutes greater than 0 and at most ${max}`;
  return z
    .string()
    .default(String(fallback))
    .refine((value) => /^\d+(\.\d+)?$/.test(value.trim()), expected)
    .transform(Number)
    .refine((value) => value > 0 && value <= max, expected);
};

const url = (protocols: string[], expected: string) =>
  text(expected).refine((value) => {
    const parsed = URL.canParse(value) ? new URL(value) : null;
    return parsed !== null && protocols.includes(parsed.protocol) && parsed.hostname !== "";
  }, expected);

const coolingExpected = "a number of hours greater than 0 and at most 720";

const proxiesExpected =
  "IP addresses or CIDR ranges of your reverse proxies, separated by commas (0.0.0.0/0 and ::/0 are refused)";

const variables = z.object({
  PORT: wholeNumber(3000, 1, 65535),
  HOST: text("an address to listen on").default("127.0.0.1"),
  APP_URL: url(["http:", "https:"], "an http or https URL such as https://customers.example.com")
    .refine((value) => new URL(value).pathname === "/", "an origin without a path")
    .optional(),
  DATABASE_URL: url(
    ["postgres:", "postgresql:"],
    "a URL such as postgresql://user:password@host:5432/name",
  ).optional(),
  DATA_DIR: text("a directory").default(".data"),
  AUTH_SECRET: z
    .string()
    .transform((value) => value.split(",").map((secret) => secret.trim()))
    .refine(
      (secrets) => secrets.every((secret) => secret.length >= 32),
      "one secret of 32 characters or more, or several separated by commas",
    )
    .optional(),
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((value) =>
      value
        .split(",")
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ""),
    )
    .refine(
      (entries) => entries.every((entry) => isNetwork(entry) && !isEveryone(entry)),
      proxiesExpected,
    ),
  EMAIL_TRANSPORT: z.enum(["mailbox", "resend", "smtp"], "mailbox, resend or smtp").optional(),
  RESEND_API_KEY: text("an API key of Resend").optional(),
  RESEND_BASE_URL: url(["http:", "https:"], "an http or https URL").optional(),
  SMTP_URL: url(["smtp:", "smtps:"], "a URL such as smtp://user:password@host:587").optional(),
  EMAIL_FROM: text("a sender such as Example Hosting <no-reply@example.com>")
    .refine(
      (value) =>
        /^(("[^"\p{Cc}]*" ?|[^<>",@\p{Cc}]*)<[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/u.test(
          value,
        ),
      "a sender such as Example Hosting <no-reply@example.com>",
    )
    .optional(),
  SUPPORT_PHONE: text("a telephone number").optional(),
  SUPPORT_HOURS: text("opening hours").optional(),
  SUPPORT_EMAIL: text("an e-mail address")
    .refine((value) => readEmail(value) !== null, "an e-mail address")
    .transform((value) => readEmail(value) ?? value)
    .optional(),
  // Wrong attempts are forgotten after an hour: a code that lived longer could be guessed at longer.
  CODE_LIFETIME_MINUTES: minutes(10, 60),
  CODE_MAX_ATTEMPTS: wholeNumber(3, 1, 10),
  BLOCK_MINUTES: minutes(60, 10080),
  SIGNUPS_PER_HOUR: wholeNumber(10, 1, 1_000_000),
  TIME_ZONE: text("a time zone such as Europe/Lisbon")
    .refine((zone) => timeZoneToday(zone) !== null, "a time zone such as Europe/Lisbon")
    .transform((zone) => timeZoneToday(zone) ?? zone)
    .default("UTC"),
  ACCOUNT_CODES_PER_HOUR: wholeNumber(5, 1, 1000),
  PASSWORD_ATTEMPTS_PER_HOUR: wholeNumber(20, 1, 10_000),
  IPV6_PREFIX: wholeNumber(64, 32, 128),
  BRAND_NAME: text("a name of 1 to 60 characters")
    .refine(
      (value) => value.length <= 60 && !/[<>"\p{Cc}]/u.test(value),
      'a name of 1 to 60 characters without <, > or "',
    )
    .default("Portaria"),
  BRAND_COLOR: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, "a colour such as #1f5fbf")
    .default("#1f5fbf"),
  BRAND_LOGO_URL: url(["https:", "http:"], "the http or https URL of an image").optional(),
  VERIFICATION_MODE: z
    .enum(["off", "observe", "enforce"], "off, observe or enforce")
    .default("enforce"),
  CASE_COOLING_HOURS: z
    .string()
    .default("72")
    .refine((value) => /^\d+(\.\d+)?$/.test(value.trim()), coolingExpected)
    .transform(Number)
    .refine((value) => value > 0 && value <= 720, coolingExpected),
  WORKER: z.enum(["inline", "off"], "inline or off").default("inline"),
});

// RFC 5322, section 3.2.3: these may stand in a name only between quotation marks.
const senderName = (name: string) => (/[,;:@()[\]\\]/.test(name) ? JSON.stringify(name) : name);

function sentencesOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join(".")} must be ${issue.message}.`);
}

/**
 * Checks the settings of an installation.
 *
 * @param source variables as in `process.env`; an empty value counts as not set
 * @throws EnvironmentError with one sentence per wrong variable
 */
export function readEnvironment(source: Record<string, string | undefined>) {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) throw new EnvironmentError(sentencesOf(parsed.error));
  const v = parsed.data;

  const appUrl = new URL(v.APP_URL ?? `http://localhost:${v.PORT}`).origin;
  const emailTransport =
    v.EMAIL_TRANSPORT ?? (v.RESEND_API_KEY ? "resend" : v.SMTP_URL ? "smtp" : "mailbox");
  const wrong: string[] = [];
  if (emailTransport === "resend" && !v.RESEND_API_KEY) {
    wrong.push("RESEND_API_KEY must be an API key of Resend, because EMAIL_TRANSPORT is resend.");
  }
  if (emailTransport === "smtp" && !v.SMTP_URL) {
    wrong.push(
      "SMTP_URL must be a URL such as smtp://user:password@host:587, because EMAIL_TRANSPORT is smtp.",
    );
  }
  if (v.DATABASE_URL && !v.AUTH_SECRET) {
    wrong.push(
      "AUTH_SECRET must be 32 random characters or more, because DATABASE_URL is set (openssl rand -base64 33 makes one).",
    );
  }
  if (emailTransport === "mailbox") {
    const open =
      (!isLoopbackHost(v.HOST) && "HOST") ||
      (!isLoopbackHost(new URL(appUrl).hostname) && "APP_URL") ||
      (!v.TRUSTED_PROXIES.every(isLoopbackNetwork) && "TRUSTED_PROXIES");
    if (open) {
      wrong.push(
        `EMAIL_TRANSPORT must be resend or smtp here: the mailbox shows every mail to whoever reaches it, and ${open} is not a loopback address (set RESEND_API_KEY or SMTP_URL).`,
      );
    }
  }
  if (wrong.length > 0) throw new EnvironmentError(wrong);

  return {
    port: v.PORT,
    host: v.HOST,
    appUrl,
    databaseUrl: v.DATABASE_URL,
    dataDir: resolve(v.DATA_DIR),
    authSecrets: v.AUTH_SECRET,
    trustedProxies: v.TRUSTED_PROXIES,
    emailTransport,
    resendApiKey: v.RESEND_API_KEY,
    smtpUrl: v.SMTP_URL,
    emailFrom: v.EMAIL_FROM ?? `${senderName(v.BRAND_NAME)} <no-reply@localhost>`,
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
