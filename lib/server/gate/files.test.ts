import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "@/lib/machine/project.mjs";
import { FILE_POLICY } from "@/lib/server/gate/security-headers";
import { type GateUnderTest, startGate } from "@/lib/testing/gate";

let gate: GateUnderTest;
beforeAll(async () => {
  gate = await startGate(async (req, res) => {
    const { "x-type": type, "x-status": status } = req.headers;
    if (typeof type === "string") res.setHeader("Content-Type", type);
    // No route may loosen it.
    res.setHeader("Content-Security-Policy", "default-src *");
    res.writeHead(Number(status ?? 200)).end("<script>alert(1)</script>");
  });
});
afterAll(() => gate.stop());

const policyOf = async (path: string, type: string, status = 200) => {
  const headers = { "x-status": String(status), ...(type === "" ? {} : { "x-type": type }) };
  return (await gate.send("GET", path, headers)).headers["content-security-policy"];
};

/** Every route that answers with something else than a page: an address of it, and what it may send. */
const routes: Record<string, { address: string; files: readonly string[] }> = {
  "app/support/cases/[id]/documents/[document]/route.ts": {
    address: "/support/cases/7/documents/8",
    files: ["application/pdf", "image/jpeg", "image/png"],
  },
  "app/account/data/export/route.ts": {
    address: "/account/data/export",
    files: ["application/json; charset=utf-8"],
  },
  "app/account/security/history.csv/route.ts": {
    address: "/account/security/history.csv",
    files: ["text/csv; charset=utf-8"],
  },
  "app/account/security/two-step/codes/file/route.ts": {
    address: "/account/security/two-step/codes/file",
    files: ["text/plain; charset=utf-8"],
  },
  "app/.well-known/webauthn/route.ts": {
    address: "/.well-known/webauthn",
    files: ["application/json"],
  },
  "app/support/audit/export/route.ts": {
    address: "/support/audit/export",
    files: ["text/csv; charset=utf-8"],
  },
  "app/templates/transfer/export/route.ts": {
    address: "/templates/transfer/export",
    files: ["application/json; charset=utf-8"],
  },
  "app/mail-images/[id]/route.ts": {
    address: "/mail-images/abcdefgh",
    files: ["image/png", "image/jpeg"],
  },
  // A mail alone has a policy of its own (security-headers.test.ts).
  "app/templates/[kind]/mail-frame/route.ts": {
    address: "/templates/sign-in-code/mail-frame",
    files: [],
  },
  "app/support/mails/[id]/mail-frame/route.ts": {
    address: "/support/mails/7/mail-frame",
    files: [],
  },
  // Lead on, or say what nobody typed.
  "app/route.ts": { address: "/", files: [] },
  "app/time-zone/route.ts": { address: "/time-zone", files: [] },
  "app/language/route.ts": { address: "/language", files: [] },
  "app/(door)/recover/documents/route.ts": { address: "/recover/documents", files: [] },
  "app/api/auth/[...nextauth]/route.ts": { address: "/api/auth/session", files: [] },
  "app/api/language/route.ts": { address: "/api/language", files: [] },
};

test("each route has a line above", () => {
  const found = readdirSync(`${root}/app`, { recursive: true }).map((name) => `app/${name}`);
  expect(found.filter((name) => name.endsWith("/route.ts")).sort()).toEqual(
    Object.keys(routes).sort(),
  );
});

const files = Object.values(routes).flatMap(({ address, files: types }) =>
  // Also what none of them sends today, and an answer of no type, which is read by its content.
  types.length === 0
    ? []
    : [...types, "text/javascript", "image/svg+xml", "text/plain", ""].map((type) => [
        address,
        type,
      ]),
);

test.each(files)(
  "what somebody uploaded or typed, %s as %s, is no script's and no page's",
  async (address, type) => {
    expect(await policyOf(address ?? "", type ?? "")).toBe(FILE_POLICY);
  },
);

test.each([
  ["a page", "/login", "text/html; charset=utf-8", 200],
  ["a page that says it is not there", "/support/cases/7/documents/8", "text/html", 404],
  ["an error in words", "/support/cases/7/documents/8", "text/plain", 404],
  ["a program's answer", "/api/health", "application/json", 200],
  ["our picture", "/icon.svg", "image/svg+xml", 200],
  ["a file of the build", "/_next/static/a.js", "text/javascript", 200],
])("%s keeps the site's own policy", async (_, path, type, status) => {
  expect(await policyOf(path, type, status)).toMatch(/script-src \S+\/scripts\//);
});
