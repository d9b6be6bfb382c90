import { beforeEach, expect, test } from "vitest";
import { builtInDocument } from "@/lib/mail/edited/built-in-document";
import { renderEdited } from "@/lib/mail/edited/render-edited";
import { mailKinds, rowOf } from "@/lib/mail/kinds";
import { contentsOf } from "@/lib/mail/mail-contents";
import { renderBuiltIn } from "@/lib/mail/render-built-in";
import { noFrame } from "@/lib/mail-document/frame";
import { casesOf, usualCase } from "@/lib/testing/mails-to-render";
import { setUpHost } from "@/lib/testing/rendered-mails";

beforeEach(setUpHost);

// What React warns of fails the test in which it does, as all that is logged unannounced.
test("React is the one that warns", () => {
  expect(process.env.NODE_ENV).not.toBe("production");
});

test.each(mailKinds)(
  "React warns of nothing in %s, by its template and as a document",
  async (kind) => {
    const { mail, carried } = usualCase(kind, "en");
    await renderBuiltIn(contentsOf(mail, carried));
    const document = builtInDocument(kind, "en");
    await renderEdited({ document, frame: noFrame, blocks: new Map() }, mail, carried);
  },
);

const oneOfEachTemplate = new Map(mailKinds.map((kind) => [rowOf(kind).template, kind]));

test.each([...oneOfEachTemplate])("nor in whatever %s may have to say, as %s", async (_, kind) => {
  for (const { mail, carried } of casesOf(kind, "en"))
    await renderBuiltIn(contentsOf(mail, carried));
});
