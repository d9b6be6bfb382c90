import { expect, test } from "vitest";
import { readEnvironment } from "@/lib/env";
import { warningsOf } from "@/lib/server/start-warnings";

const real = { RESEND_API_KEY: "re_1", EMAIL_FROM: "Host <no-reply@customers.pt>" };
const smtp = { SMTP_URL: "smtp://mail.customers.pt:587", EMAIL_FROM: "no-reply@customers.pt" };
const fake = { RESEND_BASE_URL: "http://127.0.0.1:4000" };
const namesIn = (settings: Record<string, string>) =>
  warningsOf(readEnvironment(settings)).map((warning) => warning.split(" ")[0]);

test("a public address without a proxy named is warned of", () => {
  expect(namesIn({ ...real, APP_URL: "https://example.com" })).toEqual(["TRUSTED_PROXIES"]);
  expect(namesIn({ ...real, APP_URL: "https://example.com", TRUSTED_PROXIES: "10.0.0.1" })).toEqual(
    [],
  );
});

test("a secret of few different characters is warned of, and taken", () => {
  expect(namesIn({ AUTH_SECRET: "a".repeat(40) })).toEqual(["AUTH_SECRET"]);
  expect(namesIn({ AUTH_SECRET: "8Zk2rWq0vXc5nTj7Lm3pYb9hGd1sFu4e" })).toEqual([]);
  expect(namesIn({})).toEqual([]);
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
])("what may keep mail from leaving is warned of: %s", (_, settings, names) => {
  expect(namesIn(settings)).toEqual(names);
});
