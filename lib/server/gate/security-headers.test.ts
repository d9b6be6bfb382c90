import { expect, test } from "vitest";
import { contentSecurityPolicy } from "@/lib/server/gate/security-headers";

const facts = { logoUrl: undefined, showsMail: false };
const scriptsOf = (appUrl: string, host: string | null, dev = false) =>
  contentSecurityPolicy({ ...facts, appUrl, host, dev })
    .split("; ")
    .find((directive) => directive.startsWith("script-src "));

test.each([
  ["https://host.example", "host.example", "host.example/scripts/"],
  ["https://host.example", "127.0.0.1:3000", "host.example/scripts/ 127.0.0.1:3000/scripts/"],
  ["https://host.example", null, "host.example/scripts/"],
  ["http://[::1]:3000", "[::1]:3000", "'none'"],
  ["https://host.example", "evil.example;x", "host.example/scripts/"],
])("under %s, asked for as %s, scripts are those of %s alone", (appUrl, host, sources) => {
  expect(scriptsOf(appUrl, host)).toBe(`script-src ${sources}`);
});

test("in development the framework's scripts run, inline too", () => {
  const policy = scriptsOf("http://localhost:3000", "localhost:3000", true);
  expect(policy).toBe("script-src 'self' 'unsafe-inline' 'unsafe-eval'");
});
