import { expect, test } from "vitest";
import { loadMessages } from "@/lib/i18n/load-messages";
import { locales } from "@/lib/i18n/locales";
import { mailCopy } from "@/lib/mail/mail-copy";

test.each(locales)("in %s, the article quotes mails by the titles they have", async (locale) => {
  const { p2 } = (await loadMessages(locale)).loginCode.noCodeInMail;
  const quoted = [...p2.matchAll(/[“«]\s*(.+?)\s*[”»]/g)].map(([, title]) => title);
  const withoutCode = ["sign-in-blocked", "place-trusted", "already-have-account"] as const;
  expect(quoted).toEqual(withoutCode.map((kind) => mailCopy[locale][kind].title));
});
