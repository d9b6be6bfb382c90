import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import type { MailFacts } from "@/lib/mail/facts";
import { proofMail, proofText } from "@/lib/templates/proof/proof-text";
import { PROOF_LOOKED_AT_ONCE } from "@/lib/templates/rules/limits";
import { testDatabase } from "@/lib/testing/database";
import { notice } from "@/lib/testing/mails";
import { makeStaff } from "@/lib/testing/staff";
import { statementsOf } from "@/lib/testing/statements-of";
import {
  codeText,
  codeWords,
  forgetTexts,
  placeText,
  placeWords,
  publishWords,
  save,
} from "@/lib/testing/texts";

testDatabase();
beforeEach(async () => {
  await db.mail.deleteMany();
});
afterEach(forgetTexts);

const minute = 60_000;
const start = new Date("2026-11-01T10:00:00Z").getTime();
const after = new Date(start + 100_000 * minute);

const personal = {
  accountEmail: "ermengarde.quixote123456@bigcorp.example",
  ip: "203.0.113.217",
  countryCode: "BR",
  browser: "Konqueror 917",
  system: "Haikuos 5",
} as const;

type Made = { kind?: string; locale?: string; facts?: Partial<MailFacts>; state?: string };

/** Stores mails that were made one after the other, a minute apart. */
async function went(mails: Made[], from = start): Promise<void> {
  await db.mail.createMany({
    data: mails.map(({ facts, kind = "place-trusted", locale = "fr", state = "sent" }, index) => {
      const createdAt = new Date(from + index * minute);
      const base = notice({ recipient: personal.accountEmail });
      const said = { ...base.facts, ...personal, at: createdAt.toISOString(), ...facts };
      const made = { kind, locale, state, createdAt, nextTryAt: createdAt, facts: said };
      return { ...base, ...made, id: randomUUID(), ownerName: "Ermengarde Quixote" };
    }),
  });
}

const until = new Date(start + 10 * minute).toISOString();

test("the draft is proofed over the newest mails of its kind and language", async () => {
  const ana = await makeStaff("marketing");
  await went([
    ...Array.from({ length: 205 }, () => ({})),
    ...[{ locale: "en" }, { kind: "password-changed" }, { state: "dropped" }],
  ]);
  await save(ana, placeText, placeWords("Bonjour {{name}}"));
  const sheet = await proofText(ana, placeText, after);
  expect(sheet).toMatchObject({ of: "draft", fine: 200, troubles: [], builtIn: 0, isCut: true });
  expect(sheet?.mails).toHaveLength(200);
  expect(sheet?.mails[0]).toMatchObject({ number: 1, troubles: [] });
  expect(sheet?.mails[0]?.subject).toMatch(/^Bonjour [A-Z][a-z]{9} [A-Z][a-z]{6}$/);
});

test("without a draft it is what is live, and else the built-in text", async () => {
  const ana = await makeStaff("marketing");
  // One that was given up never went out.
  await went([{}, { state: "dropped" }]);
  expect(await proofText(ana, placeText, after)).toMatchObject({ of: "built-in", fine: 1 });
  await publishWords(placeText, placeWords("En ligne"));
  const sheet = await proofText(ana, placeText, after);
  expect(sheet).toMatchObject({ of: "live", fine: 1, mails: [{ subject: "En ligne" }] });
});

test("what overflows, breaks, lacks something or has a long subject is marked and comes first", async () => {
  const ana = await makeStaff("marketing");
  await went([
    { facts: { accountEmail: `a@${"b".repeat(80)}.example` } },
    { facts: { accountEmail: "a@b.example" } },
  ]);
  await save(ana, placeText, {
    subjectLine: "{{account}}",
    previewLine: "Oui",
    text: "# Bonjour\n\n{{account}}\n\n{{facts}}",
  });
  const wide = await proofText(ana, placeText, after);
  expect(wide).toMatchObject({
    fine: 1,
    troubles: [
      { kind: "overflow", mails: 1 },
      { kind: "long-subject", mails: 1 },
    ],
  });
  expect(wide?.mails.map(({ number }) => number)).toEqual([2, 1]);
  expect(wide?.mails[0]?.troubles).toContainEqual({ kind: "long-subject", characters: 90 });

  await save(ana, placeText, { subjectLine: "Oui", previewLine: "Oui", text: "# Bonjour" });
  const lacking = await proofText(ana, placeText, after);
  expect(lacking?.mails[0]?.troubles).toEqual([{ kind: "missing", names: ["facts"] }]);

  await save(ana, placeText, placeWords("{{code}}"));
  const broken = await proofText(ana, placeText, after);
  expect(broken?.mails[0]).toMatchObject({ subject: null, troubles: [{ kind: "breaks" }] });
  expect(await proofMail(ana, placeText, { at: after, number: 1 })).toBeNull();
});

test("a mail whose facts cannot be read breaks alone", async () => {
  const ana = await makeStaff("marketing");
  await went([{}, { facts: { at: "yesterday" } }]);
  const sheet = await proofText(ana, placeText, after);
  expect(sheet).toMatchObject({ fine: 1, troubles: [{ kind: "breaks", mails: 1 }] });
});

test("nobody's data is on the sheet or in its mails, and no code, token or six digits but the sample", async () => {
  const ana = await makeStaff("marketing");
  const facts = { until, message: "Quixote wrote this secret sentence" };
  await went([{ kind: "sign-in-code", facts }]);
  await db.mail.updateMany({ data: { notMeId: randomUUID() } });
  await save(ana, codeText, {
    ...codeWords("Bonjour"),
    previewLine: "{{name}} {{account}} {{ip}} {{country}} {{browser}} {{system}} {{time}}",
  });
  const sheet = await proofText(ana, codeText, after);
  expect(sheet).toMatchObject({ fine: 1, mails: [{ subject: "Bonjour 000000" }] });
  const made = await proofMail(ana, codeText, { at: after, number: 1 });
  const shown = JSON.stringify([sheet?.mails, made]);
  for (const word of JSON.stringify(personal).match(/[\p{L}\p{N}]{4,}/gu) ?? []) {
    if (word in personal) continue;
    expect(shown).not.toContain(word);
  }
  for (const word of ["Ermengarde", "Quixote", "secret", "Brésil", "217", "token="]) {
    expect(shown).not.toContain(word);
  }
  const digits = shown.match(/(?<![\d#])\d{6,}/g) ?? [];
  expect(new Set(digits)).toEqual(new Set(["000000"]));
  expect(made?.html).toContain('/not-me"');
});

test("a sheet shows the same mails as long as its address names its moment", async () => {
  const ana = await makeStaff("marketing");
  await went([{}]);
  await save(ana, placeText, placeWords("{{name}}"));
  const at = new Date(start + minute);
  await went([{ facts: { accountEmail: "later@example.com" } }], start + 5 * minute);
  expect((await proofText(ana, placeText, at))?.mails).toHaveLength(1);
  expect(await proofMail(ana, placeText, { at, number: 2 })).toBeNull();
  expect(await proofMail(ana, placeText, { at: after, number: 2 })).not.toBeNull();
});

test("rare mails are looked for among the newest of all, some hundred by a statement", async () => {
  const ana = await makeStaff("marketing");
  const others = Array.from({ length: PROOF_LOOKED_AT_ONCE + 5 }, () => ({ locale: "en" }));
  await went([{}, ...others]);
  const { result, sent } = await statementsOf(() => proofText(ana, placeText, after));
  expect(result).toMatchObject({ isCut: false, since: new Date(start) });
  expect(result?.mails).toHaveLength(1);
  const looks = sent.filter((statement) => statement.includes("FROM mail"));
  expect(looks).toHaveLength(2);
});

test("looking at a sheet is noted once in a while, its mails with it", async () => {
  const ana = await makeStaff("marketing");
  await went([{}]);
  const noted = () =>
    db.auditEntry.count({ where: { action: "proof-viewed", actorId: ana.session.accountId } });
  await Promise.all([proofText(ana, placeText, after), proofText(ana, placeText, after)]);
  await proofMail(ana, placeText, { at: after, number: 1 });
  expect(await noted()).toBe(1);
  await proofText(ana, codeText, after);
  expect(await noted()).toBe(2);
});

test("there is no sheet of a block or of what is set once for all mails", async () => {
  const ana = await makeStaff("marketing");
  const subject = "block:x";
  expect(await proofText(ana, { subject, language: "fr" }, after)).toBeNull();
  expect(await proofText(ana, { subject: "frame", language: "all" }, after)).toBeNull();
});

test("two hundred mails take less than a few seconds", async () => {
  const ana = await makeStaff("marketing");
  await went(Array.from({ length: 200 }, () => ({ kind: "sign-in-code", facts: { until } })));
  await save(ana, codeText, codeWords("Bonjour"));
  await proofText(ana, codeText, after);
  const began = performance.now();
  expect((await proofText(ana, codeText, after))?.fine).toBe(200);
  expect(performance.now() - began).toBeLessThan(3_000);
});
