import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { addFallbacks } from "@/lib/mail/edited/fallback-store";
import { alarmEditors, readAlarms } from "@/lib/templates/alarm-editors";
import { listTexts } from "@/lib/templates/list-texts";
import { hoursAfter, laterDays, laterHours, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";
import { codeText, forgetTexts, placeText } from "@/lib/testing/texts";

testDatabase();
stoppedClock();
afterEach(async () => {
  await forgetTexts();
  await db.mail.deleteMany();
  await db.account.deleteMany();
});

const fall = (key: typeof codeText, at: Date, reason = "its code") =>
  addFallbacks([{ ...key, reason, count: 1, lastAt: at }]);
const alarms = () => db.mail.findMany({ where: { kind: "template-fell-back" } });

test("everybody who edits texts is mailed of one that fell back, once an hour a text", async () => {
  const staff = [
    await makeStaff("marketing"),
    await makeStaff("support"),
    await makeStaff("admin"),
  ];
  await alarmEditors();
  expect(await alarms()).toEqual([]);
  await fall(codeText, start);
  await fall(codeText, start);
  await alarmEditors();
  const mails = await alarms();
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual(
    staff.map(({ session }) => session.account.email).sort(),
  );
  for (const { facts } of mails) {
    expect(facts).toMatchObject({ about: { text: "sign-in-code/fr" }, ip: null });
  }
  // Within the hour it goes on, and nobody is mailed again.
  await fall(codeText, start);
  await alarmEditors();
  expect(await alarms()).toHaveLength(3);
  await fall(placeText, start);
  await alarmEditors();
  expect(await alarms()).toHaveLength(6);
  laterHours(1);
  await fall(codeText, hoursAfter(1));
  await alarmEditors();
  expect(await alarms()).toHaveLength(9);
});

test("two that look at the same moment mail once", async () => {
  await makeStaff("marketing");
  await fall(codeText, start);
  await Promise.all([alarmEditors(), alarmEditors(), alarmEditors()]);
  expect(await alarms()).toHaveLength(1);
});

test("what fell back is shown for a week, one a text, the latest first", async () => {
  await makeStaff("marketing");
  await fall(codeText, start);
  laterHours(2);
  await fall(placeText, hoursAfter(2), "its facts");
  laterHours(3);
  await fall(codeText, hoursAfter(3), "its end");
  expect(await readAlarms()).toEqual([
    { key: codeText, count: 2, reason: "its end", lastAt: hoursAfter(3) },
    { key: placeText, count: 1, reason: "its facts", lastAt: hoursAfter(2) },
  ]);
  const { mails } = await listTexts(await makeStaff("support"));
  const code = mails.find(({ subject }) => subject === codeText.subject);
  expect(code?.languages.map(({ fellBackAt }) => fellBackAt)).toEqual([
    ...[null, hoursAfter(3), null, null],
  ]);
  laterDays(7.1);
  expect((await readAlarms()).map(({ key }) => key)).toEqual([codeText]);
  laterDays(7.2);
  expect(await readAlarms()).toEqual([]);
  await alarmEditors();
  expect(await alarms()).toEqual([]);
});
