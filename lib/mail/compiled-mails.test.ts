import { expect, test, vi } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { compiledTextOf } from "@/lib/mail/compiled-mails";
import { builtInDocument } from "@/lib/mail/edited/built-in-document";
import { mailKinds } from "@/lib/mail/kinds";
import { contentsOf } from "@/lib/mail/mail-contents";
import { type MailShape, shapeOf } from "@/lib/mail/mail-shape";
import { noFrame } from "@/lib/mail-document/frame";
import { usualCase } from "@/lib/testing/mails-to-render";

const compileEdited = vi.hoisted(() => vi.fn());
vi.mock("@/lib/mail/edited/compile-edited", () => ({ compileEdited }));

test("a host that publishes every kind in every language compiles each once, in three shapes", async () => {
  compileEdited.mockImplementation(async (shape: MailShape) => ({ shape }));
  const asked = locales.flatMap((locale) =>
    mailKinds.flatMap((kind, index) => {
      const { mail, carried } = usualCase(kind, locale);
      const shape = shapeOf(contentsOf(mail, carried));
      const edited = { document: builtInDocument(kind, locale), frame: noFrame, blocks: new Map() };
      const text = { versions: `0+${index} ${locale}`, edited };
      const { isBySupport, hasNotMe } = shape;
      return [
        shape,
        { ...shape, isBySupport: !isBySupport },
        { ...shape, hasNotMe: !hasNotMe },
      ].map((one) => [one, text] as const);
    }),
  );
  for (let round = 0; round < 3; round += 1) {
    for (const [shape, text] of asked) {
      expect(await compiledTextOf(shape, text)).toEqual({ shape });
    }
  }
  expect(compileEdited).toHaveBeenCalledTimes(asked.length);
  expect(asked).toHaveLength(mailKinds.length * locales.length * 3);
});
