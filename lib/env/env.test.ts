import { expect, test } from "vitest";
import { EnvironmentError, readEnvironment } from "@/lib/env/env";
import { settingsNames } from "@/lib/machine/settings-names.mjs";
import { wrongValues } from "@/lib/testing/env-table";

function complaintsOf(source: Record<string, string>): string[] {
  try {
    readEnvironment(source);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.sentences;
    throw error;
  }
}

const faults = (source: Record<string, string>): string => complaintsOf(source).join(" ");
const from = { EMAIL_FROM: "Host <no-reply@host.example>" };
const ownSecret = "a secret for tests of 32 characters or more";

test("with nothing set everything has its default", () => {
  expect(readEnvironment({})).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    appUrl: "http://localhost:3000",
    emailTransports: ["mailbox"],
    keepsMail: true,
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
  expect(faults({ SUPPORT_EMAIL: "r&d" })).toMatch(
    /^SUPPORT_EMAIL must be an e-mail address such as help@example\.com\.$/,
  );
});

test("an empty variable counts as not set", () => {
  expect(readEnvironment({ PORT: "", APP_URL: " " }).port).toBe(3000);
});

const table = Object.entries(wrongValues).flatMap(([name, byExpected]) =>
  Object.entries(byExpected).flatMap(([expected, values]) =>
    values.map((value): [string, string, string] => [name, value, expected]),
  ),
);

test.each(table)("%s=%j must be what the table says", (name, value, expected) => {
  expect(complaintsOf({ AUTH_SECRET: ownSecret, [name]: value })).toEqual([
    `${name} must be ${expected}.`,
  ]);
});

test("every setting has three or more wrong values in the table, and nothing else has", () => {
  expect(Object.keys(wrongValues).sort()).toEqual([...settingsNames].sort());
  for (const [name, byExpected] of Object.entries(wrongValues))
    expect([name, Object.values(byExpected).flat().length > 2]).toEqual([name, true]);
});

test("no part of a secret is reported, however it is written", () => {
  const password = ["tOp", "sEcret", "97531", "qq%zz"];
  for (const character of ["@", "#", "/", "?", ":@", "/@", "?@", "#@", " ", "%", "\\", "@h:1/"]) {
    const secret = password.join(character);
    for (const url of [
      `//u:${secret}@db.example.com:5432/name`,
      `//${secret}@h/n`,
      `//h?${secret}=1`,
    ]) {
      const words = complaintsOf({
        DATABASE_URL: `postgresql:${url}`,
        SMTP_URL: `smtp:${url}`,
        APP_URL: `https:${url}`,
        RESEND_API_KEY: `re ${secret}`,
        AUTH_SECRET: secret.slice(0, 20),
      }).join(" ");
      expect(words).toContain("DATABASE_URL must be");
      for (const part of password) expect(words).not.toContain(part);
    }
  }
});

test("all that is wrong is reported in one go, also what only the values together are", () => {
  const sentences = complaintsOf({
    PORT: "x",
    APP_URL: "not a url",
    DATABASE_URL: "postgresql://u:p@ss@h/d",
    EMAIL_TRANSPORT: "smtp",
    HOST: "0.0.0.0",
    BRAND_COLOR: "blue",
  });
  const names = sentences.map((sentence) => sentence.split(" ")[0]);
  expect(names).toEqual([
    "PORT",
    "APP_URL",
    "DATABASE_URL",
    "BRAND_COLOR",
    "SMTP_URL",
    "EMAIL_FROM",
    "AUTH_SECRET",
  ]);
});

test.each<[string, string, string, unknown]>([
  ["spaces around a number", "PORT", " 4000 ", 4000],
  ["a leading zero", "PORT", "0080", 80],
  ["capital letters of an origin", "APP_URL", "HTTPS://Example.COM:443", "https://example.com"],
  ["an IPv6 origin", "APP_URL", "http://[::1]:3000/", "http://[::1]:3000"],
  ["an IPv6 host in brackets", "HOST", "[::1]", "::1"],
  ["a list with empty entries", "TRUSTED_PROXIES", "10.0.0.1,, 10.0.0.1 ,", ["10.0.0.1"]],
  ["a secret named twice", "AUTH_SECRET", `${"x".repeat(32)}, ${"x".repeat(32)}`, ["x".repeat(32)]],
  ["a colour in capitals", "BRAND_COLOR", "#1F5FBF", "#1F5FBF"],
])("%s: %s=%j is taken", (_, name, value, expected) => {
  const real = { EMAIL_TRANSPORT: "resend", RESEND_API_KEY: "re_1", ...from };
  const settings = readEnvironment({ ...real, [name]: value });
  expect([...Object.values(settings), settings.brand.color]).toContainEqual(expected);
});

test("an image from http is not shown on https pages", () => {
  const real = { RESEND_API_KEY: "re_1", APP_URL: "https://example.com", ...from };
  expect(complaintsOf({ ...real, BRAND_LOGO_URL: "http://example.com/l.png" })).toEqual([
    "BRAND_LOGO_URL must be an https URL, because APP_URL is one and browsers show no image from http there.",
  ]);
  expect(complaintsOf({ ...real, BRAND_LOGO_URL: "https://example.com/l.png" })).toEqual([]);
  expect(complaintsOf({ BRAND_LOGO_URL: "http://example.com/l.png" })).toEqual([]);
});

test.each<[string, string]>([
  ["TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,2001:db8::/32"],
  ["AUTH_SECRET", `${"a".repeat(32)},${"b".repeat(32)}`],
  ["CODE_LIFETIME_MINUTES", "0.1"],
  ["EMAIL_FROM", "no-reply@example.com"],
  ["BRAND_NAME", "Søren, Sons & Co."],
  ["APP_URL", "https://müller.de"],
  ["APP_URL", "http://portaria_web:3000"],
  ["BRAND_LOGO_URL", "https://cdn.example.com/l.png?v=2#x"],
  ["RESEND_BASE_URL", "http://127.0.0.1:4000/resend"],
  ["DATA_DIR", "/srv/a $5 dir/~x"],
  ["SUPPORT_PHONE", "+351 210 123 456 (9 to 18 h)"],
])("%s=%j is taken", (name, value) => {
  const real = { EMAIL_TRANSPORT: "resend", RESEND_API_KEY: "re_1", ...from };
  expect(faults({ ...real, [name]: value })).toBe("");
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

test.each<[Record<string, string>, string]>([
  [
    { CANARY_EMAIL: "canary@example.com" },
    "CANARY_INBOX must be a URL such as imaps://user:password@host/INBOX, with %40 for @ in user and password, because CANARY_EMAIL is set.",
  ],
  [
    { CANARY_INBOX: "imaps://canary:secret@mail.example.com" },
    "CANARY_EMAIL must be an e-mail address, because CANARY_INBOX is set.",
  ],
  [
    { CANARY_EMAIL: " ", CANARY_INBOX: "imaps://canary:secret@mail.example.com" },
    "CANARY_EMAIL must be an e-mail address, because CANARY_INBOX is set.",
  ],
])("a canary has an address and a mailbox, or neither: %j", (settings, complaint) => {
  expect(complaintsOf(settings)).toEqual([complaint]);
});

test("a database of one's own needs a secret of one's own", () => {
  expect(faults({ DATABASE_URL: "postgresql://db/x" })).toMatch(/^AUTH_SECRET must be/);
});

test("the transport follows from what is set, Resend first", () => {
  const smtp = { SMTP_URL: "smtp://mail.example.com:587", ...from };
  expect(readEnvironment(smtp).emailTransports).toEqual(["smtp"]);
  expect(readEnvironment({ ...smtp, RESEND_API_KEY: "re_1" }).emailTransports).toEqual(["resend"]);
});

const resend = { RESEND_API_KEY: "re_1" };
const smtp = { SMTP_URL: "smtp://mail.example.com:587" };
const fake = { ...resend, RESEND_BASE_URL: "http://127.0.0.1:4000" };
const expected = "EMAIL_FROM must be a sender such as Example Hosting <no-reply@example.com>, ";

const publicly = { APP_URL: "https://customers.host.example" };
test.each<[string, Record<string, string>]>([
  ["resend", resend],
  ["resend", { ...resend, ...publicly }],
  ["resend", { ...fake, ...publicly }],
  ["resend", { ...resend, EMAIL_TRANSPORT: "resend" }],
  ["smtp", { ...smtp, ...publicly }],
  ["smtp", { ...smtp, HOST: "0.0.0.0" }],
  ["smtp", { ...smtp, TRUSTED_PROXIES: "192.0.2.1" }],
  ["smtp", { ...smtp, ...resend, ...publicly, EMAIL_TRANSPORT: "smtp", EMAIL_FROM: " " }],
])("real mail by %s (%j) needs a sender: the default is nobody's", (transport, settings) => {
  const because = `because EMAIL_TRANSPORT is ${transport}, and no mail service sends for no-reply@localhost.`;
  expect(complaintsOf(settings)).toEqual([expected + because]);
  expect(complaintsOf({ ...settings, ...from })).toEqual([]);
});

test.each([{ ...fake }, { ...smtp }, { ...fake, TRUSTED_PROXIES: "127.0.0.1" }])(
  "a rehearsal on one machine with a mail server of its own (%j) has the default sender",
  (settings) => {
    expect(readEnvironment({ ...settings, BRAND_NAME: "Host" }).emailFrom).toBe(
      "Host <no-reply@localhost>",
    );
  },
);

test("the mailbox needs no sender, also where a key is set beside it", () => {
  expect(complaintsOf({ ...resend, EMAIL_TRANSPORT: "mailbox" })).toEqual([]);
});

test.each(["a@localhost", "A <a@localhost>", "a@mailer", "a@127.0.0.1"])(
  "Resend never verified the domain of %s; another service may take it",
  (EMAIL_FROM) => {
    const why = "with a domain that you verified at Resend, which takes no other.";
    expect(complaintsOf({ ...resend, EMAIL_FROM })).toEqual([expected + why]);
    for (const other of [fake, smtp, {}])
      expect(complaintsOf({ ...other, EMAIL_FROM })).toEqual([]);
  },
);

test("a sender that is wrong by itself is reported once", () => {
  expect(complaintsOf({ ...resend, EMAIL_FROM: "nobody" })).toHaveLength(1);
});

test.each([
  ["a@example.com", "a@example.com"],
  ["<a@example.com>", "a@example.com"],
  ["Hosting <a@example.com>", "Hosting <a@example.com>"],
  ["Hosting<a@localhost>", "Hosting <a@localhost>"],
  ['"Hosting, Inc." <a@example.com>', '"Hosting, Inc." <a@example.com>'],
  ["Hosting: accounts <a@example.com>", '"Hosting: accounts" <a@example.com>'],
  ["a@müller.de", "a@xn--mller-kva.de"],
  ["Müller <a@müller.de>", "Müller <a@xn--mller-kva.de>"],
])("EMAIL_FROM=%s sends as %s", (typed, from) => {
  expect(readEnvironment({ EMAIL_FROM: typed }).emailFrom).toBe(from);
});

test("a name with a comma is quoted in the sender", () => {
  expect(readEnvironment({ BRAND_NAME: "Host, Inc." }).emailFrom).toBe(
    '"Host, Inc." <no-reply@localhost>',
  );
});
