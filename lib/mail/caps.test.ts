import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "@/lib/machine/project.mjs";
import { isCapped, NOTICES_PER_HOUR } from "@/lib/mail/caps";
import { changeMails, kindsWith, mailKinds, rowOf } from "@/lib/mail/kinds";

test("every kind of mail is capped or goes at once", () => {
  const [capped, atOnce] = [kindsWith({ isCapped: true }), kindsWith({ isCapped: false })];
  expect([...capped, ...atOnce].sort()).toEqual([...mailKinds].sort());
  expect(NOTICES_PER_HOUR).toBe(5);
});

test("what carries a code or asks for something is never delayed", () => {
  const asks = mailKinds.filter((kind) => rowOf(kind).carries !== null);
  expect(asks).toContain("staff-invited");
  for (const kind of [...asks, ...kindsWith({ template: "case-for-owner" })])
    expect([kind, isCapped(kind)]).toEqual([kind, false]);
});

test("what notifies of a change is capped, but for what is rare or has to be stopped in time", () => {
  const atOnce = [...changeMails, ...kindsWith({ template: "staff-notice" })].filter(
    (kind) => !isCapped(kind),
  );
  const expected = [
    "account-secured",
    "email-change-asked",
    "email-changed",
    ...["factors-end-asked", "factors-ended", "factors-kept", "factors-reset"],
    "hotline-pass",
    "let-in",
  ];
  expect(atOnce.sort()).toEqual(expected);
  for (const kind of [
    "new-browser",
    "place-trusted",
    "sign-in-blocked",
    "password-changed",
  ] as const) {
    expect([kind, isCapped(kind)]).toEqual([kind, true]);
  }
});

test("nobody puts a mail into the outbox past the cap", () => {
  const files = readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!\.test)\.ts$/.test(file) && !/^(generated|testing)\//.test(file))
    .filter((file) =>
      /\b(enqueueMail|(newM|m)ailsPart)\(/.test(readFileSync(join(root, "lib", file), "utf8")),
    );
  // Each of these but the first two enqueues kinds that go at once.
  expect(files.sort()).toEqual([
    "account/enqueue-notice.ts",
    "account/gather-notice.ts",
    "cases/notify-of-case.ts",
    "challenge/challenge-mail.ts",
    "closing/erase-closed-accounts.ts",
    "contact/ask-email-change.ts",
    "contact/send-request.ts",
    "mail/outbox.ts",
    "recovery/send-reset-link.ts",
    "staff/invite-staff.ts",
    "templates/send-test.ts",
  ]);
});
