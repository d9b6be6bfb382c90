import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { listTexts } from "@/lib/templates/list-texts";
import { tallyMails } from "@/lib/templates/tally-mails";
import { hoursAfter, laterHours, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";
import { forgetTexts } from "@/lib/testing/texts";

testDatabase();
stoppedClock();
afterEach(async () => {
  await forgetTexts();
  await db.mail.deleteMany();
});

async function send(
  daysAgo: number,
  more: { kind?: string; locale?: string; state?: string } = {},
) {
  const at = hoursAfter(-24 * daysAgo);
  await db.mail.create({
    data: {
      ...{ kind: "place-trusted", locale: "fr", state: "sent", recipient: "ana@example.com" },
      ...{ facts: {}, nextTryAt: at, usefulUntil: at, createdAt: at, sentAt: at, ...more },
    },
  });
}

async function sent(language: string) {
  const { mails } = await listTexts(await makeStaff("marketing"));
  const found = mails.find(({ subject }) => subject === "place-trusted");
  return found?.languages.find((one) => one.language === language)?.sent;
}

test("what went out within 30 days is counted by kind and language, however often", async () => {
  for (const days of [0, 1, 1, 29, 31]) await send(days);
  await send(1, { locale: "en" });
  await send(1, { kind: "new-browser" });
  await send(1, { state: "refused" });
  await tallyMails();
  expect(await sent("fr")).toBe(4);
  await send(0);
  await Promise.all([tallyMails(), tallyMails()]);
  await tallyMails();
  expect(await sent("fr")).toBe(5);
  expect(await sent("en")).toBe(1);
  expect(await sent("pt")).toBe(0);
});

test("what is counted stays when its mails are deleted, and goes after 30 days", async () => {
  for (const days of [0, 1, 29]) await send(days);
  await tallyMails();
  await db.mail.deleteMany();
  laterHours(12.5);
  await tallyMails();
  expect(await sent("fr")).toBe(2);
  laterHours(24 * 40);
  await tallyMails();
  expect(await db.mailTally.count()).toBe(0);
});

test("a run that was stopped is gone on with by the next", async () => {
  for (const days of [0, 5]) await send(days);
  await tallyMails(AbortSignal.abort());
  expect(await db.mailTally.count()).toBe(0);
  await tallyMails();
  expect(await db.mailTally.count()).toBe(2);
});
