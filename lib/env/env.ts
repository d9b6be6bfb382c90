import { resolve } from "node:path";
import { senderName } from "@/lib/env/env-values";
import { faultsBetween } from "@/lib/env/faults-between";
import { passkeyDomainOf } from "@/lib/env/passkey-domain";
import { appUrlOf, transportsOf, variables } from "@/lib/env/variables";

/** Every wrong setting, one sentence each: the variable's name and what was expected. */
export class EnvironmentError extends Error {
  override name = "EnvironmentError";
  constructor(readonly sentences: string[]) {
    super(sentences.join("\n"));
  }
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
    /** The ways out for mail, in the order in which they are tried. */
    emailTransports: transportsOf(v),
    /** Whether mail stays in the database, to be looked at. */
    keepsMail: transportsOf(v).includes("mailbox"),
    resendApiKey: v.RESEND_API_KEY,
    resendBaseUrl: v.RESEND_BASE_URL,
    resendWebhookSecret: v.RESEND_WEBHOOK_SECRET,
    smtpUrl: v.SMTP_URL,
    smtpBounces: v.SMTP_BOUNCES,
    emailFrom: v.EMAIL_FROM ?? `${senderName(v.BRAND_NAME)} <no-reply@localhost>`,
    emailPerSecond: v.EMAIL_PER_SECOND,
    outage: { medianSeconds: v.OUTAGE_MEDIAN_SECONDS, refusedPercent: v.OUTAGE_REFUSED_PERCENT },
    mailKeptDays: v.MAIL_KEPT_DAYS,
    canary:
      v.CANARY_EMAIL === undefined || v.CANARY_INBOX === undefined
        ? null
        : { email: v.CANARY_EMAIL, inbox: v.CANARY_INBOX },
    metricsToken: v.METRICS_TOKEN,
    support: { phone: v.SUPPORT_PHONE, hours: v.SUPPORT_HOURS, email: v.SUPPORT_EMAIL },
    codeLifetimeMinutes: v.CODE_LIFETIME_MINUTES,
    /** Of codes that are made while mail is slow or refused for everybody. */
    codeLifetimeOutageMinutes: v.CODE_LIFETIME_OUTAGE_MINUTES,
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
