import { expect, test } from "vitest";
import {
  contentSecurityPolicy,
  mailFramePolicy,
  securityHeaders,
} from "@/lib/server/gate/security-headers";

const facts = { logoUrl: undefined, showsMail: false, isMailFrame: false };
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

test("a mail alone runs, sends and loads nothing but our pictures, and stands in our pages alone", () => {
  const site = { ...facts, appUrl: "https://host.example", host: "host.example", dev: false };
  const framed = securityHeaders({ ...site, isMailFrame: true });
  expect(framed["X-Frame-Options"]).toBe("SAMEORIGIN");
  const policy = framed["Content-Security-Policy"]?.split("; ");
  expect(policy).toEqual(
    expect.arrayContaining([
      ...["default-src 'none'", "script-src 'none'", "form-action 'none'", "sandbox"],
      ...["img-src 'self'", "frame-ancestors 'self'"],
    ]),
  );
  expect(mailFramePolicy({ ...site, logoUrl: "https://cdn.example/logo.png" })).toContain(
    "img-src 'self' https://cdn.example;",
  );
  const page = securityHeaders(site);
  expect(page["X-Frame-Options"]).toBe("DENY");
  expect(page["Content-Security-Policy"]).toContain("frame-ancestors 'none'");
});
