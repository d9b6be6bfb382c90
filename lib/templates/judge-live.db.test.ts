import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { database } from "@/lib/db/transaction";
import { blockKey, frameKey } from "@/lib/mail-document/text-key";
import { createBlock } from "@/lib/templates/blocks";
import { uploadImage } from "@/lib/templates/images/mail-images";
import { judgeLive } from "@/lib/templates/judge-live";
import type { renderSample } from "@/lib/templates/render-sample";
import { contentOf } from "@/lib/templates/text-content";
import { testDatabase } from "@/lib/testing/database";
import { png } from "@/lib/testing/documents";
import { makeStaff } from "@/lib/testing/staff";
import { codeText, codeWords, forgetTexts, publishWords } from "@/lib/testing/texts";

type RenderSample = typeof renderSample;

const made = vi.hoisted(() => ({
  html: null as string | null,
  lacks: [] as string[],
  of: null as Parameters<RenderSample>[1] | null,
}));
vi.mock("@/lib/templates/render-sample", () => ({
  renderSample: async (...[, edited]: Parameters<RenderSample>) => {
    made.of = edited;
    return made.html === null
      ? null
      : { rendered: { subject: "", html: made.html, text: "" }, lacks: made.lacks };
  },
}));

testDatabase();
beforeEach(() => {
  made.lacks = [];
  made.html = "<p>";
});
afterEach(forgetTexts);

const judge = async () => {
  const words = codeWords("Bonjour");
  const { refusals } = await judgeLive(database, codeText, contentOf(codeText, words), words.text);
  return refusals.map(({ of, finding }) => [of.subject, finding.kind]);
};

test("what is in order and can be made a mail is not refused", async () => {
  expect(await judge()).toEqual([]);
});

test("what cannot be made a mail is refused, whatever the gate says of it", async () => {
  made.html = null;
  expect(await judge()).toEqual([["sign-in-code", "not-a-document"]]);
});

test("what would fall back at each send is refused", async () => {
  made.lacks = ["until"];
  expect(await judge()).toEqual([["sign-in-code", "required-missing"]]);
});

test("the mail that is made of it is weighed", async () => {
  made.html = "x".repeat(110 * 1024);
  expect(await judge()).toEqual([["sign-in-code", "too-heavy"]]);
});

test("pictures are as wide in the mail that is weighed as in the one that is sent", async () => {
  const staff = await makeStaff("marketing");
  const ids: string[] = [];
  for (const [width, name] of [
    [300, "own.png"],
    [40, "of-block.png"],
  ] as const) {
    const uploaded = await uploadImage(staff, { name, bytes: png(width, 20) });
    if (uploaded.kind !== "uploaded") throw new Error(`The picture was ${uploaded.kind}.`);
    ids.push(uploaded.image.id);
  }
  const [own = "", ofBlock = ""] = ids;
  await createBlock(staff, { name: "picture" });
  const block = { subjectLine: "", previewLine: "", text: `![Autre](image:${ofBlock})` };
  await publishWords(blockKey("picture", "fr"), block);
  const words = codeWords("Bonjour");
  const text = `${words.text}\n\n![Une image](image:${own})\n\n{{> picture}}`;
  const content = contentOf(codeText, { ...words, text });
  expect((await judgeLive(database, codeText, content, text)).refusals).toEqual([]);
  expect(made.of?.images.get(own)).toEqual({ width: 300 });
  expect(made.of?.images.get(ofBlock)).toEqual({ width: 40 });
});

test("the frame is judged around the built-in mails with a code too", async () => {
  made.html = null;
  const frame = { subjectLine: "", previewLine: "", text: "" };
  const text = JSON.stringify({
    ...{ logo: null, light: null, dark: null, senderName: null, footer: {}, legal: {} },
  });
  const content = contentOf(frameKey, { ...frame, text });
  const { refusals } = await judgeLive(database, frameKey, content);
  const subjects = new Set(refusals.map(({ of }) => of.subject));
  expect([...subjects].sort()).toEqual([
    ...["new-address-code", "sign-in-code", "sign-up-code", "widening-code"],
  ]);
});
