/** Every setting of an installation, as in README. */
export const settingsNames = [
  ...["PORT", "HOST", "APP_URL", "DATABASE_URL", "DATA_DIR", "AUTH_SECRET", "TRUSTED_PROXIES"],
  ...["EMAIL_TRANSPORT", "RESEND_API_KEY", "RESEND_BASE_URL", "SMTP_URL", "EMAIL_FROM"],
  ...["EMAIL_PER_SECOND", "RESEND_WEBHOOK_SECRET", "SMTP_BOUNCES", "MAIL_KEPT_DAYS"],
  ...["OUTAGE_MEDIAN_SECONDS", "OUTAGE_REFUSED_PERCENT", "CODE_LIFETIME_OUTAGE_MINUTES"],
  ...["CANARY_EMAIL", "CANARY_INBOX", "METRICS_TOKEN"],
  ...["SUPPORT_PHONE", "SUPPORT_HOURS", "SUPPORT_EMAIL", "CODE_LIFETIME_MINUTES"],
  ...["CODE_MAX_ATTEMPTS", "BLOCK_MINUTES", "SIGNUPS_PER_HOUR", "TIME_ZONE"],
  ...["ACCOUNT_CODES_PER_HOUR", "PASSWORD_ATTEMPTS_PER_HOUR", "IPV6_PREFIX", "BRAND_NAME"],
  ...["BRAND_COLOR", "BRAND_LOGO_URL", "VERIFICATION_MODE", "CASE_COOLING_HOURS", "WORKER"],
  ...["TWO_STEP_REQUIRED", "PASSKEY_DOMAIN"],
];

// These change how Node, Next and NextAuth work; unlike ours, an empty value is not "not set".
const othersNames = ["AUTH_TRUST_HOST", "AUTH_URL", "NEXTAUTH_URL", "NODE_ENV", "PORTARIA_DIST"];

/**
 * This environment without the operator's settings. Ours are left empty, which counts as not set and
 * also keeps a `.env` file from setting them.
 */
export function withoutSettings(environment) {
  const bare = withoutPostgresSettings(environment);
  for (const name of settingsNames) bare[name] = "";
  // Not an installation's but a command's, npm run move.
  bare.TARGET_DATABASE_URL = "";
  for (const name of othersNames) delete bare[name];
  return bare;
}

/** This environment without what PostgreSQL's own programs and clients would take from it. */
export function withoutPostgresSettings(environment) {
  const bare = { ...environment };
  for (const name of Object.keys(bare)) if (isOfPostgres(name)) delete bare[name];
  return bare;
}

/**
 * Takes out of this process what would change how it connects, signs in or serves, and is no setting of
 * ours: a shell's `PGHOST` is meant for psql.
 */
export function dropForeignSettings(environment = process.env) {
  for (const name of Object.keys(environment))
    if (isOfPostgres(name) || ofSignIn.test(name)) delete environment[name];
}

// libpq's, as PGHOST, and those of initdb and the server, as PG_COLOR.
function isOfPostgres(name) {
  return /^PG[A-Z_]+$/.test(name);
}

// NextAuth's own, which would move its paths and cookies.
const ofSignIn = /^(AUTH_(URL|TRUST_HOST|REDIRECT_PROXY_URL|DEBUG)|NEXTAUTH_[A-Z_]+)$/;
