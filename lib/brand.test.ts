import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brandColors, brandStyleSheet, surfaces } from "@/lib/brand";
import { contrast } from "@/lib/colour";

const hexOf = (value: number) => `#${value.toString(16).padStart(6, "0")}`;
const anyColour = fc.integer({ min: 0, max: 0xffffff }).map(hexOf);
const schemes = ["light", "dark"] as const;

describe("contrast is WCAG's", () => {
  it.each([
    ["#000000", "#ffffff", 21],
    ["#777777", "#ffffff", 4.478],
    ["#0000ff", "#ffffff", 8.592],
    ["#ff0000", "#ff0000", 1],
  ])("%s on %s is %f", (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 2);
    expect(contrast(other, one)).toBeCloseTo(expected, 2);
  });
});

describe("every BRAND_COLOR is readable", () => {
  it("as text, on buttons and as a focus ring, in light and dark", () => {
    fc.assert(
      fc.property(anyColour, (hex) => {
        const colors = brandColors(hex);
        for (const scheme of schemes) {
          const { accent, accentHover, onAccent } = colors[scheme];
          for (const surface of surfaces[scheme]) {
            expect(contrast(accent, surface)).toBeGreaterThanOrEqual(4.5);
            expect(contrast(accentHover, surface)).toBeGreaterThanOrEqual(4.5);
          }
          expect(contrast(onAccent, accent)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(onAccent, accentHover)).toBeGreaterThanOrEqual(4.5);
        }
      }),
      { numRuns: 5000, examples: [["#000000"], ["#ffffff"], ["#ffff00"], ["#0000ff"]] },
    );
  });

  it("and stays the host's own where it is readable already", () => {
    expect(brandColors("#1f5fbf").light.accent).toBe("#1f5fbf");
    expect(brandColors("#9cc3ff").dark.accent).toBe("#9cc3ff");
  });

  it("reaches the pages as colours for both schemes, without six figures in a row", () => {
    expect(brandStyleSheet("#1f5fbf")).toContain(":root{--accent:rgb(31 95 191);");
    expect(brandStyleSheet("#9cc3ff")).toContain("dark){:root{--accent:rgb(156 195 255);");
    fc.assert(fc.property(anyColour, (hex) => !/\d{6}/.test(brandStyleSheet(hex))));
  });
});

const sheet = readFileSync(new URL("../app/globals.css", import.meta.url), "utf8");
const [lightBlock = "", darkBlock = ""] = [...sheet.matchAll(/:root \{([^}]*)\}/g)].map(
  (match) => match[1],
);
const tokens = {
  light: Object.fromEntries([...lightBlock.matchAll(/--([\w-]+): (#\w{6});/g)].map(pair)),
  dark: Object.fromEntries([...darkBlock.matchAll(/--([\w-]+): (#\w{6});/g)].map(pair)),
};
function pair(match: RegExpMatchArray): [string, string] {
  return [match[1] ?? "", match[2] ?? ""];
}

describe.each(schemes)("the %s tokens of globals.css pass WCAG AA", (scheme) => {
  const token = (name: string) => tokens[scheme][name] ?? "";

  it("accents are judged on the very surfaces of the pages", () => {
    for (const name of ["page", "card", "sunken"]) expect(surfaces[scheme]).toContain(token(name));
  });

  it.each(["text", "quiet", "danger", "good"])("--%s can be read on every surface", (name) => {
    for (const surface of ["page", "card", "sunken"]) {
      expect(contrast(token(name), token(surface))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("alarms can be read", () => {
    for (const name of ["text", "quiet", "danger"]) {
      expect(contrast(token(name), token("danger-surface"))).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(token("on-danger"), token("danger"))).toBeGreaterThanOrEqual(4.5);
  });

  it("the edge of a control can be seen", () => {
    for (const surface of ["page", "card", "sunken"]) {
      expect(contrast(token("control"), token(surface))).toBeGreaterThanOrEqual(3);
    }
  });

  it("links in alarms can be read, whatever BRAND_COLOR is", () => {
    fc.assert(
      fc.property(anyColour, (hex) => {
        const { accent } = brandColors(hex)[scheme];
        expect(contrast(accent, token("card"))).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
