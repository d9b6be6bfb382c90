import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { database } from "@/lib/db/transaction";
import { frameKey } from "@/lib/mail-document/text-key";
import { judgeLive } from "@/lib/templates/judge-live";
import { contentOf } from "@/lib/templates/text-content";
import { testDatabase } from "@/lib/testing/database";
import { codeText, codeWords, forgetTexts } from "@/lib/testing/texts";

const made = vi.hoisted(() => ({ html: null as string | null, lacks: [] as string[] }));
vi.mock("@/lib/templates/render-sample", () => ({
  renderSample: async () =>
    made.html === null
      ? null
      : { rendered: { subject: "", html: made.html, text: "" }, lacks: made.lacks },
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
