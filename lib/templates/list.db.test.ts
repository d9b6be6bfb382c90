import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { mailKinds } from "@/lib/mail/kinds";
import { listTexts } from "@/lib/templates/list-texts";
import { lookAt } from "@/lib/templates/look-at";
import { readText } from "@/lib/templates/read-text";
import { backToBuiltIn } from "@/lib/templates/roll-back";
import { saveSettings } from "@/lib/templates/settings";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";
import { ask, forgetTexts, placeWords, publishWords, save } from "@/lib/testing/texts";

testDatabase();
afterEach(forgetTexts);

const inLanguage = (language: string) => ({ subject: "place-trusted", language });

async function listed(language: string) {
  const { mails } = await listTexts(await makeStaff("marketing"));
  const found = mails.find(({ subject }) => subject === "place-trusted");
  return found?.languages.find((one) => one.language === language);
}

test("every mail is listed in each language, but the one that is a test of another", async () => {
  const { mails, blocks, frame } = await listTexts(await makeStaff("marketing"));
  expect(mails.map(({ subject }) => subject)).toEqual(
    mailKinds.filter((kind) => kind !== "template-test"),
  );
  for (const { languages } of mails) {
    expect(languages.map(({ language }) => language)).toEqual(["en", "fr", "pt", "es"]);
    for (const one of languages) {
      expect(one).toMatchObject({ state: "built-in", changed: null, sent: 0, fellBackAt: null });
    }
  }
  expect([blocks, frame.language, frame.state]).toEqual([[], "all", "built-in"]);
});

test("a text's state is the first that holds of waiting, draft, outdated, published, built-in", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const [en, fr] = [inLanguage("en"), inLanguage("fr")];
  await publishWords(fr, placeWords("Un"), { author: ana, publisher: rui });
  expect(await listed("fr")).toMatchObject({
    ...{ state: "published", changed: { by: rui.session.account.name } },
  });
  await publishWords(en, placeWords("One"));
  expect((await listed("fr"))?.state).toBe("outdated");
  await save(ana, fr, placeWords("Deux"));
  expect(await listed("fr")).toMatchObject({
    ...{ state: "draft", changed: { by: ana.session.account.name } },
  });
  await ask(ana, fr, placeWords("Deux"));
  expect((await listed("fr"))?.state).toBe("waiting");
  for (const language of ["en", "fr", "pt", "es"]) {
    const page = await readText(ana, inLanguage(language));
    expect([language, page?.state]).toEqual([language, (await listed(language))?.state]);
  }
});

test("a publication in the leading language outdates the others, until they are published or looked at", async () => {
  const ana = await makeStaff("marketing");
  for (const language of ["fr", "en"]) await publishWords(inLanguage(language), placeWords("One"));
  expect((await listed("en"))?.state).toBe("published");
  for (const language of ["fr", "pt", "es"]) {
    expect([language, (await listed(language))?.state]).toEqual([language, "outdated"]);
  }
  await publishWords(inLanguage("fr"), placeWords("Deux"));
  expect((await listed("fr"))?.state).toBe("published");
  const page = await readText(ana, inLanguage("pt"));
  expect(page?.leading).toEqual({ language: "en", text: placeWords("One") });
  const seen = page?.outdated?.version ?? "";
  expect(await lookAt(ana, inLanguage("pt"), { seen })).toEqual({ kind: "looked-at" });
  expect((await listed("pt"))?.state).toBe("built-in");
  expect((await listed("es"))?.state).toBe("outdated");
  expect(await lookAt(ana, inLanguage("pt"), { seen })).toEqual({ kind: "not-outdated" });
  expect(await lookAt(ana, inLanguage("en"), { seen })).toEqual({ kind: "not-outdated" });
  // A newer one was not looked at.
  await publishWords(inLanguage("en"), placeWords("Two"));
  expect((await listed("pt"))?.state).toBe("outdated");
  expect(await lookAt(ana, inLanguage("es"), { seen })).toEqual({ kind: "outdated" });
  const entries = await db.auditEntry.count({ where: { action: "template-looked-at" } });
  expect(entries).toBe(1);
});

test("where both are back at the built-in text nothing is outdated", async () => {
  const ana = await makeStaff("marketing");
  await publishWords(inLanguage("en"), placeWords("One"));
  const { live } = (await readText(ana, inLanguage("en"))) ?? {};
  await backToBuiltIn(ana, inLanguage("en"), { seen: live?.id ?? "" });
  expect((await listed("fr"))?.state).toBe("built-in");
});

test("an admin says which language leads", async () => {
  await publishWords(inLanguage("en"), placeWords("One"));
  const settings = { allowedHosts: "", onePersonMayPublish: false, leadingLanguage: "pt" };
  await saveSettings(await makeStaff("admin"), settings);
  expect((await listed("fr"))?.state).toBe("built-in");
  await publishWords(inLanguage("pt"), placeWords("Um"));
  expect((await listed("en"))?.state).toBe("outdated");
});

test("that the built-in text has changed since is said of what is live, and of nothing else", async () => {
  const ana = await makeStaff("marketing");
  await publishWords(inLanguage("fr"), placeWords("Un"));
  expect((await listed("fr"))?.isBuiltInChanged).toBe(false);
  await db.$executeRawUnsafe("ALTER TABLE template_version DISABLE TRIGGER USER");
  await db.templateVersion.updateMany({ data: { builtIn: "0".repeat(32) } });
  await db.$executeRawUnsafe("ALTER TABLE template_version ENABLE TRIGGER USER");
  expect((await listed("fr"))?.isBuiltInChanged).toBe(true);
  const page = await readText(ana, inLanguage("fr"));
  expect(page?.isBuiltInChanged).toBe(true);
  await backToBuiltIn(ana, inLanguage("fr"), { seen: page?.live?.id ?? "" });
  expect((await listed("fr"))?.isBuiltInChanged).toBe(false);
});
