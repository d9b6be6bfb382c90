import { expect, test } from "vitest";
import { readEnvironment } from "@/lib/env";
import { warningsOf } from "@/lib/server/start-warnings";

const real = { RESEND_API_KEY: "re_1" };
const namesIn = (settings: Record<string, string>) =>
  warningsOf(readEnvironment(settings)).map((warning) => warning.split(" ")[0]);

test("a public address without a proxy named is warned of", () => {
  expect(namesIn({ ...real, APP_URL: "https://example.com" })).toEqual(["TRUSTED_PROXIES"]);
  expect(namesIn({ ...real, APP_URL: "https://example.com", TRUSTED_PROXIES: "10.0.0.1" })).toEqual(
    [],
  );
});

test("a secret of few different characters is warned of, and taken", () => {
  expect(namesIn({ AUTH_SECRET: "a".repeat(40) })).toEqual(["AUTH_SECRET"]);
  expect(namesIn({ AUTH_SECRET: "8Zk2rWq0vXc5nTj7Lm3pYb9hGd1sFu4e" })).toEqual([]);
  expect(namesIn({})).toEqual([]);
});
