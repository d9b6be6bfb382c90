import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { Metadata } from "next";
import { describe, expect, it, test, vi } from "vitest";
import { generateMetadata as layoutMetadata } from "@/app/layout";
import { articles } from "@/lib/help/articles";
import { type Locale, locales } from "@/lib/i18n/locales";

const reader = vi.hoisted(() => ({ locale: "en" as Locale }));

vi.mock("@/lib/log/request-context", async (original) => ({
  ...(await original<typeof import("@/lib/log/request-context")>()),
  requestBrought: () => ({
    headers: new Headers({ "accept-language": reader.locale }),
    cookies: { get() {}, set() {}, take: () => [] },
  }),
}));
vi.mock("next/navigation", () => ({
  redirect() {},
  notFound: () => {
    throw new Error("is not found");
  },
  useRouter: () => ({}),
}));
// Their titles name a text, and so ask first who reads them.
vi.mock("@/app/templates/open-text", () => ({
  openText: async () => ({ staff: null, key: { subject: "sign-in-code", language: "fr" } }),
}));
const root = import.meta.dirname;
const foldersWith = (name: string) =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file === name || file.endsWith(`/${name}`))
    .map((file) => relative(".", join(file, "..")));

type Asked = { params?: Record<string, string>; query?: Record<string, string> };

/** What a page says of itself, over what the layout says of all. */
async function metadataOf(page: string, { params = {}, query = {} }: Asked = {}) {
  const { generateMetadata } = (await import(join(root, page, "page.tsx"))) as {
    generateMetadata?: (props: unknown) => Promise<Metadata>;
  };
  const props = { params: Promise.resolve(params), searchParams: Promise.resolve(query) };
  return { ...(await layoutMetadata()), ...(await generateMetadata?.(props)) };
}

const slugs = Object.keys(articles);
const barred = { index: false };

test("one layout speaks for all pages, so that a new page is barred from search engines", async () => {
  expect((await layoutMetadata()).robots).toEqual(barred);
  for (const folder of foldersWith("layout.tsx").filter((path) => path !== "")) {
    const layout = await import(join(root, folder, "layout.tsx"));
    expect(Object.keys(layout), folder).toEqual(["default"]);
  }
});

const others = foldersWith("page.tsx").filter((page) => !/^help(\/|$)/.test(page));

test("no page of the help is forgotten below", () => {
  expect(foldersWith("page.tsx").length - others.length).toBe(3);
});

it.each([...others, "not-found"].sort())("/%s is not to be indexed", async (page) => {
  const { robots, alternates } =
    page === "not-found"
      ? {
          ...(await layoutMetadata()),
          ...(await (await import("@/app/not-found")).generateMetadata()),
        }
      : await metadataOf(page, { params: { id: "1", kind: "sign-in-code" } });
  expect(robots).toEqual(barred);
  expect(alternates).toBeUndefined();
});

describe.each(locales)("in %s", (locale) => {
  it.each(["", "was-it-us", ...slugs])(
    "/help/%s may be indexed, described, under one address",
    async (slug) => {
      reader.locale = locale;
      // A mail's link and the like bring parameters along that change nothing.
      const query = { from: "mail" };
      const { title, description, ...rest } =
        slug === "" || slug === "was-it-us"
          ? await metadataOf(`help/${slug}`.replace(/\/$/, ""), { query })
          : await metadataOf("help/[article]", { params: { article: slug }, query });
      expect(title).toEqual(expect.stringMatching(/\S/));
      expect(description).toMatch(/^[^{}<>]{50,200}$/);
      expect(rest.robots).toEqual({ index: true });
      const path = slug === "" ? "/help" : `/help/${slug}`;
      expect(rest.alternates?.canonical).toBe(`http://localhost:3000${path}`);
    },
  );

  test("no two pages of the help are described alike", async () => {
    reader.locale = locale;
    const all = slugs.map((article) => metadataOf("help/[article]", { params: { article } }));
    const found = await Promise.all([metadataOf("help"), ...all]);
    for (const what of ["title", "description"] as const) {
      expect(new Set(found.map((one) => one[what])).size).toBe(found.length);
    }
  });
});

it.each<[string, string, Asked]>([
  ["a search", "help", { query: { q: "code" } }],
  [
    "an article's earlier questions",
    "help/[article]",
    { params: { article: "login-code" }, query: { before: "x" } },
  ],
])("%s is not to be indexed", async (_, page, asked) => {
  const { robots, alternates } = await metadataOf(page, asked);
  expect(robots).toEqual(barred);
  expect(alternates).toBeUndefined();
});

test("what is no article is no page", async () => {
  await expect(metadataOf("help/[article]", { params: { article: "x" } })).rejects.toThrow();
});
