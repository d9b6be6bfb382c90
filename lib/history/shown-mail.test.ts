import { expect, test } from "vitest";
import { shownMail, subjectOf } from "@/lib/history/shown-mail";
import { locales } from "@/lib/i18n/locales";
import { mailKinds } from "@/lib/mail/kinds";

const stored = { recipient: "ana@example.com", facts: { reference: "K7QM-2PX" }, state: "sent" };

test.each(locales)("every mail has a subject in %s that shows no code", (locale) => {
  for (const kind of mailKinds) {
    const mail = shownMail({ ...stored, kind }, () => "•");
    if (mail === null) throw new Error(`${kind} is not shown.`);
    const subject = subjectOf(mail, locale);
    expect(subject, kind).not.toMatch(/[{}]|…|\d{6}/);
    expect(subject.length).toBeGreaterThan(10);
  }
});

test("a mail about a case is named by it", () => {
  const mail = shownMail({ ...stored, kind: "case-received" }, () => "•");
  expect(mail && subjectOf(mail, "en")).toContain("K7QM-2PX");
});

test("a kind of another version is left out", () => {
  expect(shownMail({ ...stored, kind: "unheard-of" }, () => "•")).toBeNull();
});
