import { describe, expect, it } from "vitest";
import type { OwnFiles } from "@/lib/server/gate/own-files";
import { plainPage } from "@/lib/server/gate/plain-page";
import { startGate } from "@/lib/testing/gate";

const own: OwnFiles = {
  addressOf: (path) => (path.includes("/ours.") ? `${path}?v=1` : null),
  serve: () => false,
};
const ours = '<script type="module" src="/scripts/ours.js"></script>';

describe("a page goes out without the framework's scripts", () => {
  it.each([
    ["a file", '<p>a</p><script src="/_next/static/a.js" async="" nonce="n"></script>', "<p>a</p>"],
    ["what stands in the page", '<script nonce="n">self.x=["<p>"]</script><p>a</p>', "<p>a</p>"],
    ["over several lines", "<script>\na\n</script>b", "b"],
    ["what is fetched ahead", '<link rel="preload" as="script" href="/a.js"/>b', "b"],
    [
      "a style of ours has its version",
      '<link rel="stylesheet" href="/styles/ours.css"/>',
      '<link rel="stylesheet" href="/styles/ours.css?v=1"/>',
    ],
    ["one that is not there", '<link rel="stylesheet" href="/styles/other.css"/>', null],
    ["one of ours fetched ahead", '<link rel="preload" href="/styles/ours.css" as="style"/>b', "b"],
    ["the framework's marks", "<p>a<!-- -->b<!--$--><!--/$--></p>", "<p>ab</p>"],
    ["what it leaves empty", '<div hidden=""><!--$--><!--/$--></div>c', "c"],
    ["a style stays", '<link rel="preload" as="style" href="/a.css"/>', null],
    ["what somebody typed stays", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", null],
    ["ours has its version", ours, '<script type="module" src="/scripts/ours.js?v=1"></script>'],
    ["ours once", `${ours}a${ours}`, '<script type="module" src="/scripts/ours.js?v=1"></script>a'],
    ["one of ours that is not there", ours.replace("ours.js", "other.js"), ""],
    ["one that only begins like ours", ours.replace("</script>", "alert(1)</script>"), ""],
  ])("%s", (_, html, left) => {
    expect(plainPage(html, own)).toBe(left ?? html);
  });
});

describe("a page goes out whole", () => {
  const body = `<p>é</p>${"a".repeat(5_000)}<script>framework()</script>`;
  const answer = async (path: string, headers: Record<string, string>, type = "text/html") => {
    const gate = await startGate(
      async (req, res) => {
        expect(path === "/file.csv" || req.headers["accept-encoding"] === undefined).toBe(true);
        res.setHeader("Content-Type", `${type}; charset=utf-8`);
        res.flushHeaders();
        // A character of two bytes is cut in half.
        const bytes = Buffer.from(body);
        res.write(bytes.subarray(0, 4));
        res.write(bytes.subarray(4));
        res.end();
      },
      { files: own },
    );
    const { port } = gate;
    const got = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    const text = await got.text();
    await gate.stop();
    return { headers: got.headers, text };
  };

  it.each([
    ["br", "gzip, deflate, br", "br"],
    ["gzip", "gzip", "gzip"],
    ["br is refused", "br;q=0, gzip", "gzip"],
    ["as it is", "identity", null],
  ])("%s", async (_, accepted, encoding) => {
    const { headers, text } = await answer("/login", { "accept-encoding": accepted });
    expect(headers.get("content-encoding")).toBe(encoding);
    expect(headers.get("vary")).toContain("Accept-Encoding");
    expect(headers.get("content-security-policy")).toContain("/scripts/");
    expect(text).toBe(`<p>é</p>${"a".repeat(5_000)}`);
  });

  it("asked for its head alone, it does not say that it has no bytes", async () => {
    const gate = await startGate(
      async (_, res) => {
        // As Next does, which makes the page and sends none of it.
        res.setHeader("Content-Type", "text/html; charset=utf-8");
        res.end();
      },
      { files: own },
    );
    const got = await fetch(`http://127.0.0.1:${gate.port}/login`, { method: "HEAD" });
    await gate.stop();
    expect([got.status, got.headers.get("content-length")]).toEqual([200, null]);
  });

  it("what is no page goes out as it is written", async () => {
    const { headers, text } = await answer("/login", {}, "text/plain");
    expect(headers.get("content-length")).toBeNull();
    expect(text).toBe(body);
    expect((await answer("/file.csv", {})).text).toBe(body);
  });
});
