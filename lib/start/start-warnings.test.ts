import { expect, test } from "vitest";
import { readEnvironment } from "@/lib/env/env";
import { warningsOf } from "@/lib/start/start-warnings";

const real = { RESEND_API_KEY: "re_1", EMAIL_FROM: "Host <no-reply@customers.pt>" };
const smtp = { SMTP_URL: "smtp://mail.customers.pt:587", EMAIL_FROM: "no-reply@customers.pt" };
const webhook = { RESEND_WEBHOOK_SECRET: `whsec_${"A".repeat(32)}` };
const bounces = { SMTP_BOUNCES: "imaps://back%40customers.pt:tops3cret@imap.customers.pt" };
const fake = { RESEND_BASE_URL: "http://127.0.0.1:4000" };
const named = { SUPPORT_EMAIL: "help@example.com" };
const publicly = { RESEND_API_KEY: "re_1", EMAIL_FROM: "a@customers.pt", ...named };
const https = { ...publicly, APP_URL: "https://example.com", TRUSTED_PROXIES: "10.0.0.1" };
const canary = {
  CANARY_EMAIL: "canary@customers.pt",
  CANARY_INBOX: "imaps://canary:secret@mail.customers.pt",
};
const namesIn = (settings: Record<string, string>) =>
  warningsOf(readEnvironment(settings)).map((warning) => warning.split(" ")[0]);

test("nothing is said of a newcomer's start, nor of one behind a proxy with TLS", () => {
  expect(namesIn({})).toEqual([]);
  expect(namesIn({ PORT: "4000" })).toEqual([]);
  expect(namesIn(https)).toEqual([]);
});

test.each([
  "http://example.com",
  "http://192.168.1.5:3000",
  "http://[2001:db8::1]",
  "http://localhost.example.com",
  "http://128.0.0.1",
])("passwords in the clear at %s are warned of", (address) => {
  const [warning, ...others] = warningsOf(readEnvironment({ ...https, APP_URL: address }));
  expect(warning).toMatch(/^APP_URL is http, .*in the clear.*not Secure.*no HSTS.*https address/);
  expect(others).toEqual([]);
});

test.each([
  "http://localhost:3000",
  "http://one.localhost:3000",
  "http://127.0.0.1:3000",
  "http://127.1.2.3:3000",
  "http://[::1]:3000",
])("nobody listens in at %s, and nothing is said", (address) => {
  expect(namesIn({ APP_URL: address })).toEqual([]);
});

test.each<{ what: string; settings: Record<string, string> }>([
  { what: "HOST", settings: { HOST: "0.0.0.0" } },
  { what: "HOST in IPv6", settings: { HOST: "::" } },
  { what: "a proxy elsewhere", settings: { TRUSTED_PROXIES: "10.0.0.1" } },
])("an APP_URL of this machine alone is warned of where others come, by $what", ({ settings }) => {
  expect(namesIn({ ...publicly, ...settings })).toEqual(["APP_URL"]);
});

test("a local APP_URL of another port is warned of, unless a proxy passes it on", () => {
  const other = { PORT: "4000", APP_URL: "http://localhost:3000" };
  expect(namesIn(other)).toEqual(["APP_URL"]);
  expect(namesIn({ ...other, TRUSTED_PROXIES: "127.0.0.1" })).toEqual([]);
  expect(namesIn({ PORT: "80", APP_URL: "http://localhost" })).toEqual([]);
});

test("a public address without a proxy named is warned of", () => {
  expect(namesIn({ ...https, TRUSTED_PROXIES: "" })).toEqual(["TRUSTED_PROXIES"]);
});

test("a secret of few different characters is warned of, and taken", () => {
  expect(namesIn({ AUTH_SECRET: "a".repeat(40) })).toEqual(["AUTH_SECRET"]);
  expect(namesIn({ AUTH_SECRET: "8Zk2rWq0vXc5nTj7Lm3pYb9hGd1sFu4e" })).toEqual([]);
});

test.each(["off", "observe"])("VERIFICATION_MODE=%s is recalled at each start", (mode) => {
  expect(namesIn({ VERIFICATION_MODE: mode })).toEqual(["VERIFICATION_MODE"]);
  expect(namesIn({ ...https, VERIFICATION_MODE: "enforce" })).toEqual([]);
});

test("a public address where nobody can be called or written to is warned of", () => {
  expect(namesIn({ ...https, SUPPORT_EMAIL: "" })).toEqual(["SUPPORT_EMAIL"]);
  expect(namesIn({ ...https, SUPPORT_EMAIL: "", SUPPORT_PHONE: "+351 210 123 456" })).toEqual([]);
});

test.each<[string, Record<string, string>, string[]]>([
  ["nothing set", {}, []],
  ["all in order with Resend", real, []],
  ["all in order with SMTP", smtp, []],
  ["a sender of nobody's name", { ...real, EMAIL_FROM: "a@host.example" }, ["EMAIL_FROM"]],
  ["a sender of this machine", { ...smtp, EMAIL_FROM: "A <a@localhost>" }, ["EMAIL_FROM"]],
  ["a sender of one word", { ...smtp, EMAIL_FROM: "a@mailer" }, ["EMAIL_FROM"]],
  ["a sender at an address", { ...smtp, EMAIL_FROM: "a@192.0.2.1" }, ["EMAIL_FROM"]],
  ["a key of another kind", { ...real, RESEND_API_KEY: "SG.abc" }, ["RESEND_API_KEY"]],
  ["a key to be filled in", { ...real, RESEND_API_KEY: "re_xxxxxxxxx" }, ["RESEND_API_KEY"]],
  ["any key where somebody else answers", { ...real, ...fake, RESEND_API_KEY: "test" }, []],
  ["a key beside the mailbox", { ...real, EMAIL_TRANSPORT: "mailbox" }, ["RESEND_API_KEY"]],
  ["a server beside the mailbox", { ...smtp, EMAIL_TRANSPORT: "mailbox" }, ["SMTP_URL"]],
  ["a canary whose mail leaves", { ...smtp, ...canary }, []],
  ["a canary beside the mailbox", { EMAIL_TRANSPORT: "mailbox", ...canary }, ["CANARY_EMAIL"]],
  ["a second way beside Resend", { ...real, SMTP_URL: smtp.SMTP_URL }, ["SMTP_URL"]],
  ["a second way beside SMTP", { ...real, ...smtp, EMAIL_TRANSPORT: "smtp" }, ["RESEND_API_KEY"]],
  ["two ways", { ...smtp, ...real, EMAIL_TRANSPORT: "resend,smtp", ...webhook, ...bounces }, []],
  ["a webhook of Resend's with it", { ...real, ...webhook }, []],
  ["a webhook of Resend's without it", { ...smtp, ...webhook }, ["RESEND_WEBHOOK_SECRET"]],
  ["a webhook beside the mailbox", webhook, ["RESEND_WEBHOOK_SECRET"]],
  ["returned mail with SMTP", { ...smtp, ...bounces }, []],
  ["returned mail without SMTP", { ...real, ...bounces }, ["SMTP_BOUNCES"]],
  ["returned mail beside the mailbox", bounces, ["SMTP_BOUNCES"]],
])("what may keep mail from leaving, or is of no use, is warned of: %s", (_, settings, names) => {
  expect(namesIn(settings)).toEqual(names);
});

test("what is for a way out that is not used says so, and what would use it", () => {
  const said = (settings: Record<string, string>) => warningsOf(readEnvironment(settings)).join();
  expect(said({ ...real, SMTP_URL: smtp.SMTP_URL })).toMatch(
    /^SMTP_URL is set and not used: EMAIL_TRANSPORT is resend, .* second way out .*resend,smtp/,
  );
  expect(said({ ...smtp, EMAIL_TRANSPORT: "mailbox" })).toMatch(
    /^SMTP_URL is set and not used: EMAIL_TRANSPORT is mailbox, so no mail leaves\.$/,
  );
  expect(said({ ...real, ...bounces })).not.toContain("tops3cret");
});
