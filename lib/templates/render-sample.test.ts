import { expect, test } from "vitest";
import { builtInDocument } from "@/lib/mail/edited/built-in-document";
import { noFrame } from "@/lib/mail-document/frame";
import { renderSample } from "@/lib/templates/render-sample";

test("a sample shows a picture as wide as it is", async () => {
  const built = builtInDocument("account-closed", "fr");
  const image = { type: "image" as const, image: "picture1", alternative: "Une image" };
  const made = await renderSample(
    { kind: "account-closed", locale: "fr" },
    {
      document: { ...built, pieces: [image, ...built.pieces] },
      ...{ frame: noFrame, blocks: new Map(), images: new Map([["picture1", { width: 77 }]]) },
    },
  );
  expect(made?.rendered.html).toMatch(/<img [^>]*mail-images\/picture1"[^>]* width="77"/);
});
