import { describe, expect, it, test } from "vitest";
import { articleLinks } from "@/lib/help/article-links";
import { articleTexts } from "@/lib/help/article-texts";
import { isArticle } from "@/lib/help/articles";
import { SEARCH_MAX_LENGTH, SEARCH_RESULTS } from "@/lib/help/rules/limits";
import { readQuery, searchArticles } from "@/lib/help/search-articles";
import { type Locale, locales } from "@/lib/i18n/locales";

const found = async (query: string, locale: Locale) => {
  const outcome = await searchArticles(query, locale);
  return outcome.kind === "nothing" ? [] : outcome.parts;
};
const first = async (query: string, locale: Locale) => (await found(query, locale))[0]?.href;

describe("what people type leads to the part that answers it", () => {
  it.each<[Locale, string, string]>([
    ["en", "code has not arrived", "login-code#notArrived"],
    ["en", "I am BLOCKED", "login-code#blocked"],
    ["en", "forgot password", "change-password#forgot"],
    ["en", "support pin", "lost-access#support"],
    ["fr", "le code n'est pas arrivé", "login-code#notArrived"],
    ["fr", "mot de passe oublie", "change-password#forgot"],
    ["pt", "código não chegou", "login-code#notArrived"],
    ["pt", "esqueci a senha", "change-password#forgot"],
    ["es", "el codigo no ha llegado", "login-code#notArrived"],
    ["es", "contraseña olvidada", "change-password#forgot"],
  ])("%s: %s", async (locale, query, answer) => {
    const hrefs = (await found(query, locale)).slice(0, 3).map(({ href }) => href);
    expect(hrefs).toContain(`/help/${answer}`);
  });
});

describe.each(locales)("in %s", (locale) => {
  test("the title of every article finds its beginning", async () => {
    for (const { article, section, title } of await articleTexts(locale)) {
      if (section !== null) continue;
      const hrefs = (await found(title, locale)).map(({ href }) => href);
      expect(hrefs, title).toContain(`/help/${article}`);
    }
  });

  test("what is found is plain text, with its numbers and without tags", async () => {
    const query = { en: "password", fr: "passe", pt: "senha", es: "contraseña" }[locale];
    const parts = await found(query, locale);
    expect(parts).toHaveLength(SEARCH_RESULTS);
    for (const { title, articleTitle, sentence } of parts) {
      expect(`${title}${articleTitle}${sentence}`).not.toMatch(/[<>{}]/);
      expect(sentence).not.toBe("");
    }
  });
});

test("accents do not matter, in either direction", async () => {
  expect(await first("bloque", "fr")).toBe(await first("bloqué", "fr"));
  expect(await first("contrasena", "es")).toBe(await first("contraseña", "es"));
  expect(await first("códe", "en")).toBe(await first("code", "en"));
});

test.each([
  ["senha desligada", "palavra-passe desligada"],
  ["celular novo", "telemóvel novo"],
  ["contato", "contacto"],
])("who types %s in Brazil finds what %s finds", async (brazilian, european) => {
  expect((await found(brazilian, "pt")).map(({ href }) => href)).toEqual(
    (await found(european.replace("palavra-", ""), "pt")).map(({ href }) => href),
  );
});

test("each language is searched in its own words", async () => {
  expect(await found("contraseña", "en")).toEqual([]);
  expect(await found("forgotten", "fr")).toEqual([]);
});

test.each([
  "zzzz",
  "%",
  "'; DROP TABLE help_question; --",
  "\\",
  "[[[(((",
  "💥",
  "__proto__",
  "\u202e\u0000",
])("%j finds nothing, and says what was looked for", async (query) => {
  expect(await searchArticles(query, "en")).toEqual({ kind: "nothing", query });
});

test("a search is read up to its limit, as one line", () => {
  expect(readQuery("  a \n\t b ")).toBe("a b");
  expect(readQuery("💥".repeat(5_000))).toBe("💥".repeat(SEARCH_MAX_LENGTH));
  for (const typed of [undefined, "", "  \n", ["a", "b"]]) expect(readQuery(typed)).toBeNull();
});

test("hostile text is searched for like any other", async () => {
  const query = readQuery("<script>alert(1)</script>".repeat(1_000)) ?? "";
  expect((await searchArticles(query, "en")).query).toBe(query);
});

test("every link from one article to another leads somewhere", async () => {
  const help = Object.values(articleLinks).filter((href) => href.startsWith("/help/"));
  const anchors = (await articleTexts("en")).map(({ article, section }) =>
    section === null ? `/help/${article}` : `/help/${article}#${section}`,
  );
  for (const href of help) expect(anchors).toContain(href);
});

test("only an article's own name is one", () => {
  expect(isArticle("lost-access")).toBe(true);
  for (const slug of ["", "__proto__", "constructor", "lost-access/", "Lost-access"]) {
    expect(isArticle(slug)).toBe(false);
  }
});
