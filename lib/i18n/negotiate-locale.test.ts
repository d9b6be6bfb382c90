import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { negotiateLocale } from "@/lib/i18n/negotiate-locale";

describe("the page's language follows Accept-Language", () => {
  it.each([
    ["pt-BR,pt;q=0.9,en;q=0.8", "pt"],
    ["pt-BR", "pt"],
    ["pt-PT,pt;q=0.9,en;q=0.8", "pt"],
    ["en;q=0.5, pt-BR;q=0.9", "pt"],
    ["FR-ca", "fr"],
    ["de-DE,de;q=0.9,es;q=0.5,en;q=0.4", "es"],
    ["en;q=0.2, es;q=0.7", "es"],
    ["es;q=0, fr;q=0.1", "fr"],
    ["fr;q=0.8, es;q=0.8", "fr"],
    ["*", "en"],
    ["de, *;q=0.5, fr;q=0.1", "en"],
    ["de", "en"],
    ["", "en"],
  ])("%s gives %s", (header, expected) => {
    expect(negotiateLocale(header)).toBe(expected);
  });

  it("is English when there is no header", () => {
    expect(negotiateLocale(null)).toBe("en");
    expect(negotiateLocale(undefined)).toBe("en");
  });

  it("does not let a broken quality win", () => {
    expect(negotiateLocale("fr;q=9, es;q=0.1")).toBe("es");
    expect(negotiateLocale("fr;q=abc, es;q=0.1")).toBe("es");
  });

  it("always ends in one of our languages, whatever the header holds", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), (header) => {
        expect(locales).toContain(negotiateLocale(header));
      }),
    );
  });

  it("prefers the language of higher quality in any order", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...locales], { minLength: 1 }),
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        (asked, order) => {
          const ranges = asked.map((locale, index) => `${locale};q=0.${9 - index}`);
          const header = order.flatMap((index) => ranges[index] ?? []).join(", ");
          expect(negotiateLocale(header)).toBe(asked[0]);
        },
      ),
    );
  });
});
