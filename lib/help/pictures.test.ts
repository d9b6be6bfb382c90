import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { articles, partOf } from "@/lib/help/articles";
import { pictureOf } from "@/lib/help/pictures";
import { locales } from "@/lib/i18n/locales";
import { root } from "@/lib/machine/project.mjs";

const shown = Object.values(articles).flatMap((article) =>
  Object.keys(article.sections).flatMap((name) => partOf(article, name).picture ?? []),
);

const KIB = 1024;
/** Pixels for each one that a page has: as sharp as a phone's screen. */
const SHARPNESS = 2;

/** The size of a PNG as its header has it (PNG, 11.2.2). */
function sizeOf(png: Buffer): [width: number, height: number] {
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test.each(locales)(
  "every picture that an article shows is there in %s, as large as it says",
  (locale) => {
    expect(shown.length).toBeGreaterThan(0);
    for (const name of shown) {
      const { src, width, height } = pictureOf(name, locale);
      const png = readFileSync(join(root, "public", src));
      expect(sizeOf(png), src).toEqual([width * SHARPNESS, height * SHARPNESS]);
      expect(png.length, src).toBeLessThan(200 * KIB);
    }
  },
);

test("there is no picture that no article shows", () => {
  const folder = join(root, "public", "help-pictures");
  expect(existsSync(folder)).toBe(true);
  for (const locale of locales) {
    const names = shown.map((name) => `${name}.png`);
    expect(readdirSync(join(folder, locale)).sort()).toEqual([...new Set(names)].sort());
  }
});
