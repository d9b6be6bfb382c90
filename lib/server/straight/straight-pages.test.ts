import { createElement, type ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { log } from "@/lib/log/log";
import type { OwnFiles } from "@/lib/server/gate/own-files";
import { enterLayout, enterPage, straightPages } from "@/lib/server/straight/registry";
import { type GateUnderTest, startGate } from "@/lib/testing/gate";

const files: OwnFiles = { addressOf: (path) => path, serve: () => false };
const thrown = (digest: string) => Object.assign(new Error(digest), { digest });

let gate: GateUnderTest;
/** How often the framework was asked. */
let made = 0;
let title = "";
let body: () => Promise<ReactNode>;

const Layout = async ({ children }: { children: ReactNode }) =>
  createElement("html", { lang: "en" }, createElement("body", null, children));

beforeEach(async () => {
  made = 0;
  title = "A page";
  body = async () => createElement("main", null, "1 < ", 2);
  enterLayout(Layout);
  enterPage("/page", {
    Page: () => body(),
    generateMetadata: async () => ({ title }),
  });
  gate = await startGate(
    async (_, res) => {
      made += 1;
      res.setHeader("Content-Type", "text/html; charset=utf-8");
      res.setHeader("X-Framework", "head");
      res.setHeader("Set-Cookie", "own=1");
      res.end(`<!DOCTYPE html><html lang="en"><head><title>${title}</title></head><body>?</body>`);
    },
    { files },
  );
});

afterEach(async () => {
  straightPages().pages.clear();
  delete straightPages().layout;
  await gate.stop();
  vi.restoreAllMocks();
});

const get = (path: string) => gate.send("GET", path, { accept: "text/html" });

test("the framework makes a page once; then it is written behind the head that was kept", async () => {
  expect((await get("/page")).body).toContain("<body>?</body>");
  const { status, headers, body: html } = await get("/page");
  expect(made).toBe(1);
  expect(status).toBe(200);
  expect(headers["x-framework"]).toBe("head");
  expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(headers["content-length"]).toBe(String(html.length));
  // The visit's, which the gate gives, and not what another answer set.
  expect(headers["set-cookie"]).not.toContain("own=");
  expect(html).toBe(
    '<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body><main>1 &lt; 2</main></body></html>',
  );
});

test("and so is one that a form comes back to, by its path with an empty query", async () => {
  await get("/page");
  expect((await get("/page?")).body).toContain("<main>");
  expect(made).toBe(1);
});

test("another title has a head of its own", async () => {
  await get("/page");
  title = "Another";
  expect((await get("/page")).body).toContain("?");
  expect((await get("/page")).body).toContain("<title>Another</title></head><body><main>");
  expect(made).toBe(2);
});

test.each(["/page?a=b", "/page/", "/other"])("%s is the framework's", async (path) => {
  for (let times = 1; times < 4; times += 1) {
    await get(path);
    expect(made).toBe(times);
  }
});

test("and so is whatever is no GET", async () => {
  await get("/page");
  await gate.send("HEAD", "/page");
  expect(made).toBe(2);
});

test.each(["NEXT_REDIRECT;replace;/login;307;", "NEXT_HTTP_ERROR_FALLBACK;404"])(
  "%s is answered by the framework",
  async (digest) => {
    await get("/page");
    body = async () => {
      throw thrown(digest);
    };
    expect((await get("/page")).body).toContain("?");
    expect(made).toBe(2);
  },
);

test.each([
  ["fails", new Error("broken"), 500],
  ["finds the database away", Object.assign(new Error("away"), { code: "ECONNREFUSED" }), 503],
])("a page that %s is answered once, with a line in the log", async (_, error, status) => {
  const line = vi.spyOn(log, "error").mockImplementation(() => {});
  await get("/page");
  body = async () => {
    throw error;
  };
  expect((await get("/page")).status).toBe(status);
  expect(made).toBe(1);
  await vi.waitFor(() => expect(line).toHaveBeenCalledOnce(), 20_000);
  body = async () => createElement("main", null, "again");
  expect((await get("/page")).body).toContain("again");
});

test("what fails before a head was kept keeps none", async () => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  enterPage("/page", {
    Page: () => body(),
    generateMetadata: async () => {
      throw new Error("no title");
    },
  });
  expect((await get("/page")).status).toBe(500);
  expect(made).toBe(0);
});
