import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { readTemplateSettings, saveSettings } from "@/lib/templates/settings";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";
import { forgetTexts } from "@/lib/testing/texts";

testDatabase();
afterEach(forgetTexts);

const careful = { allowedHosts: "", onePersonMayPublish: false, leadingLanguage: "en" };

test("two people publish, no other host is allowed and English leads until an admin sets it otherwise", async () => {
  const admin = await makeStaff("admin");
  const before = { allowedHosts: [], onePersonMayPublish: false, leadingLanguage: "en" };
  expect(await readTemplateSettings()).toEqual(before);
  const typed = { allowedHosts: "b.example a.example", onePersonMayPublish: true };
  const other = { ...typed, leadingLanguage: "fr" };
  expect(await saveSettings(admin, other)).toEqual({ kind: "saved" });
  const after = { ...other, allowedHosts: ["a.example", "b.example"] };
  expect(await readTemplateSettings()).toEqual(after);
  expect(await saveSettings(admin, other)).toEqual({ kind: "unchanged" });
});

test("the other admins are mailed of it, and nobody else; it is in the audit log", async () => {
  const [ana, rui, eva] = [
    await makeStaff("admin"),
    await makeStaff("admin"),
    await makeStaff("support"),
  ];
  await saveSettings(ana, { ...careful, allowedHosts: "a.example", onePersonMayPublish: true });
  await saveSettings(ana, { ...careful, allowedHosts: "a.example", onePersonMayPublish: true });
  const mails = await db.mail.findMany({ where: { kind: "template-settings-changed" } });
  const to = (staff: typeof ana) =>
    mails.filter(({ accountId }) => accountId === staff.session.accountId);
  expect(to(rui)).toMatchObject([
    {
      facts: { about: { hosts: ["a.example"], approvals: 1, by: ana.session.account.email } },
    },
  ]);
  expect([to(ana), to(eva)]).toEqual([[], []]);
  const byAna = { action: "setting-changed", actorId: ana.session.accountId };
  expect(await db.auditEntry.findMany({ where: byAna })).toMatchObject([
    { subjectId: "templates", details: { before: "en, 2, -", after: "en, 1, a.example" } },
  ]);
});

test("what is no host, or no language of ours, changes nothing", async () => {
  const admin = await makeStaff("admin");
  const hosts = { ...careful, onePersonMayPublish: true, allowedHosts: "a.example\n*.b.example" };
  expect(await saveSettings(admin, hosts)).toEqual({
    ...{ kind: "invalid", faults: [{ typed: "*.b.example", error: "wildcard" }] },
  });
  for (const leadingLanguage of ["", "de", "EN", "__proto__"]) {
    const outcome = await saveSettings(admin, { ...careful, leadingLanguage });
    expect(outcome).toEqual({ kind: "invalid-language" });
  }
  expect((await readTemplateSettings()).onePersonMayPublish).toBe(false);
});

test.each([1, [], {}, { allowedHosts: [], onePersonMayPublish: "yes", leadingLanguage: "en" }])(
  "a stored %j, which nobody can have set, counts as nothing",
  async (value) => {
    await db.setting.create({ data: { name: "templates", value, changedAt: new Date() } });
    expect(await readTemplateSettings()).toMatchObject({ onePersonMayPublish: false });
  },
);

test("nobody but an admin sets anything", async () => {
  for (const role of ["marketing", "support"] as const) {
    const typed = { ...careful, onePersonMayPublish: true };
    expect(await saveSettings(await makeStaff(role), typed)).toEqual({ kind: "signed-out" });
  }
  expect((await readTemplateSettings()).onePersonMayPublish).toBe(false);
});

test("who was signed out meanwhile sets nothing", async () => {
  const admin = await makeStaff("admin");
  await db.session.update({ where: { id: admin.session.id }, data: { endedAt: new Date() } });
  const typed = { ...careful, onePersonMayPublish: true };
  expect(await saveSettings(admin, typed)).toEqual({ kind: "signed-out" });
});
