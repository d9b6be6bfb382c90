import { expect, test } from "vitest";
import { EnvironmentError, readEnvironment } from "@/lib/env";

const faults = (source: Record<string, string>): string => {
  try {
    readEnvironment(source);
    return "";
  } catch (error) {
    return error instanceof EnvironmentError ? error.sentences.join(" ") : String(error);
  }
};

test("with nothing set everything has its default", () => {
  expect(readEnvironment({})).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    appUrl: "http://localhost:3000",
    emailTransport: "mailbox",
    emailFrom: "Portaria <no-reply@localhost>",
    codeLifetimeMinutes: 10,
    codeMaxAttempts: 3,
    blockMinutes: 60,
    signupsPerHour: 10,
    accountCodesPerHour: 5,
    passwordAttemptsPerHour: 20,
    ipv6Prefix: 64,
    timeZone: "UTC",
    verificationMode: "enforce",
    worker: "inline",
  });
});

test.each([
  ["Europe/Kiev", "Europe/Kyiv"],
  ["Europe/Kyiv", "Europe/Kyiv"],
  ["Asia/Calcutta", "Asia/Kolkata"],
  ["America/Nuuk", "America/Nuuk"],
])("TIME_ZONE=%s is the zone that is called %s today", (typed, timeZone) => {
  expect(readEnvironment({ TIME_ZONE: typed }).timeZone).toBe(timeZone);
});

test("SUPPORT_EMAIL may be any address that a form takes", () => {
  expect(readEnvironment({ SUPPORT_EMAIL: "r&d@почта.рф" }).support.email).toBe(
    "r&d@xn--80a1acny.xn--p1ai",
  );
  expect(faults({ SUPPORT_EMAIL: "r&d" })).toMatch(/^SUPPORT_EMAIL must be an e-mail address\.$/);
});

test("an empty variable counts as not set", () => {
  expect(readEnvironment({ PORT: "", APP_URL: " " }).port).toBe(3000);
});

test.each<[string, string]>([
  ["PORT", "70000"],
  ["PORT", "0x10"],
  ["APP_URL", "ftp://example.com"],
  ["APP_URL", "https://example.com/path"],
  ["DATABASE_URL", "mysql://x/y"],
  ["AUTH_SECRET", "short"],
  ["AUTH_SECRET", `${"a".repeat(32)},short`],
  ["TRUSTED_PROXIES", "proxy.local"],
  ["TRUSTED_PROXIES", "0.0.0.0/0"],
  ["TRUSTED_PROXIES", "127.0.0.1,::/0"],
  ["TRUSTED_PROXIES", "0.0.0.0/1,128.0.0.0/1"],
  ["TRUSTED_PROXIES", "::ffff:0.0.0.0/96"],
  ["TRUSTED_PROXIES", "10/8"],
  ["TRUSTED_PROXIES", "127.1"],
  ["EMAIL_TRANSPORT", "pigeon"],
  ["EMAIL_FROM", "nobody"],
  ["EMAIL_FROM", "a@example.com, b@example.com"],
  ["EMAIL_FROM", "A <a@example.com>\nBcc: b@example.com"],
  ["CODE_LIFETIME_MINUTES", "0"],
  ["CODE_LIFETIME_MINUTES", "61"],
  ["CODE_MAX_ATTEMPTS", "2.5"],
  ["TIME_ZONE", "Lisbon"],
  ["IPV6_PREFIX", "129"],
  ["BRAND_NAME", "A\u0007B"],
  ["BRAND_NAME", "<b>"],
  ["BRAND_COLOR", "blue"],
  ["BRAND_LOGO_URL", "javascript:alert(1)"],
  ["VERIFICATION_MODE", "maybe"],
  ["WORKER", "on"],
])("%s=%j is refused in one sentence that names it and what was expected", (name, value) => {
  expect(faults({ [name]: value })).toMatch(new RegExp(`^${name} must be .{8,}\\.$`));
});

test.each<[string, string]>([
  ["TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,2001:db8::/32"],
  ["AUTH_SECRET", `${"a".repeat(32)},${"b".repeat(32)}`],
  ["CODE_LIFETIME_MINUTES", "0.1"],
  ["EMAIL_FROM", "no-reply@example.com"],
  ["BRAND_NAME", "Søren, Sons & Co."],
])("%s=%j is taken", (name, value) => {
  expect(faults({ EMAIL_TRANSPORT: "resend", RESEND_API_KEY: "re_1", [name]: value })).toBe("");
});

test("the mailbox shows mail to whoever reaches it, so nobody but this machine may", () => {
  const settings: Record<string, string>[] = [
    { HOST: "0.0.0.0" },
    { APP_URL: "https://example.com" },
    { TRUSTED_PROXIES: "10.0.0.1" },
  ];
  for (const open of settings) {
    expect(faults(open)).toMatch(/^EMAIL_TRANSPORT must be resend or smtp here/);
  }
  expect(
    faults({ HOST: "::1", APP_URL: "http://127.0.0.1:80", TRUSTED_PROXIES: "127.0.0.0/8,::1" }),
  ).toBe("");
});

test("a database of one's own needs a secret of one's own", () => {
  expect(faults({ DATABASE_URL: "postgresql://db/x" })).toMatch(/^AUTH_SECRET must be/);
});

test("the transport follows from what is set, Resend first", () => {
  const smtp = { SMTP_URL: "smtp://mail.example.com:587" };
  expect(readEnvironment(smtp).emailTransport).toBe("smtp");
  expect(readEnvironment({ ...smtp, RESEND_API_KEY: "re_1" }).emailTransport).toBe("resend");
});

test("a name with a comma is quoted in the sender", () => {
  expect(readEnvironment({ BRAND_NAME: "Host, Inc." }).emailFrom).toBe(
    '"Host, Inc." <no-reply@localhost>',
  );
});
