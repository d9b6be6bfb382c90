import { expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { checkMessage, headersOf, MailRefused, orAborted } from "@/lib/mail/transports/transport";
import { sampleMessage } from "@/lib/testing/mail-message";

test("a recipient that is more than one plain address is refused", () => {
  const bad = [
    "a@example.com, b@example.com",
    "a@example.com\r\nBcc: b@example.com",
    "A <a@example.com>",
    "a@example.com;b@example.com",
    '"a b"@example.com',
    "a@b@example.com",
    "nobody",
    "",
  ];
  for (const to of bad) {
    expect(() => checkMessage({ ...sampleMessage, to })).toThrow(MailRefused);
  }
});

test("a line break in a header is refused", () => {
  const bad = [
    { subject: "Hello\r\nBcc: b@example.com" },
    { subject: "Hello\nthere" },
    { from: "Host\r\nBcc: b@example.com <a@host.example>" },
    { id: "x>\r\nBcc: b@example.com" },
    { kind: "x\r\nBcc: b@example.com" },
  ];
  for (const part of bad) {
    expect(() => checkMessage({ ...sampleMessage, ...part })).toThrow(MailRefused);
  }
});

test("ordinary addresses pass", () => {
  for (const to of [
    "a@example.com",
    "a.b+c@sub.example.com",
    "o'neil@example.com",
    "ü@exämple.com",
  ]) {
    expect(() => checkMessage({ ...sampleMessage, to })).not.toThrow();
  }
});

test("the wait ends with the signal, even for work that never ends", async () => {
  const limit = new AbortController();
  const waiting = orAborted(new Promise(() => undefined), limit.signal);
  limit.abort();
  await expect(waiting).rejects.toThrow("no answer in time");
  await expect(orAborted(new Promise(() => undefined), limit.signal)).rejects.toThrow(MailRefused);
});

test("a reason is one short line", () => {
  expect(new MailRefused(`a\r\n b ${"x".repeat(1000)}`).message).toMatch(/^a b x{1,299}$/);
});

test("a mail's headers are the same on every way and at every try, whatever its host is called", () => {
  const named = (name: string) => {
    process.env.BRAND_NAME = name;
    resetEnvironment();
    return headersOf(sampleMessage);
  };
  expect(named("Casa & Host, Lda.")).toEqual({
    "Message-ID": `<${sampleMessage.id}@host.example>`,
    "Auto-Submitted": "auto-generated",
    "Feedback-ID": "sign-in-code:casa-host-lda:portaria",
  });
  expect(named("Alojamento São: João")["Feedback-ID"]).toBe(
    "sign-in-code:alojamento-sao-joao:portaria",
  );
  expect(named("Ñandú ☂")["Feedback-ID"]).toBe("sign-in-code:nandu:portaria");
  expect(named("ホスト")["Feedback-ID"]).toBe("sign-in-code:host:portaria");
  delete process.env.BRAND_NAME;
  resetEnvironment();
});
