import { afterEach, expect, test } from "vitest";
import { cookieName, cookieOptions } from "@/lib/cookies/cookies";
import { resetEnvironment } from "@/lib/env/env";

function at(appUrl: string) {
  process.env.APP_URL = appUrl;
  process.env.EMAIL_TRANSPORT = "resend";
  process.env.RESEND_API_KEY = "re_of_a_test";
  process.env.EMAIL_FROM = "no-reply@host.example";
  resetEnvironment();
}

afterEach(() => {
  process.env.APP_URL = "";
  process.env.EMAIL_TRANSPORT = "mailbox";
  resetEnvironment();
});

test("with an https APP_URL every cookie is Secure and bound to its host by name", () => {
  at("https://customers.example.com");
  for (const purpose of [
    "session",
    "csrf",
    "callback",
    "pending",
    "browser",
    "trusted-browser",
    "case",
    "notice",
    "locale",
    "time-zone",
  ] as const) {
    expect(cookieName(purpose)).toMatch(/^__Host-portaria\./);
  }
  expect(cookieOptions(60)).toMatchObject({
    httpOnly: true,
    sameSite: "lax",
    secure: true,
    path: "/",
  });
});

test("over http a cookie that asked for Secure would be lost", () => {
  at("http://localhost:3000");
  expect(cookieName("session")).toBe("portaria.session");
  expect(cookieOptions().secure).toBe(false);
});
