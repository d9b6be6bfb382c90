import { expect, test, vi } from "vitest";
import { env, resetEnvironment } from "@/lib/env/env";
import { rememberProcess } from "@/lib/testing/process-state";

const words = { say: () => "as before" };

test("a process is set as before: its environment, settings, clock, globals and what was spied on", () => {
  process.env.BRAND_NAME = "Example Hosting";
  const putBack = rememberProcess();
  const before = { environment: { ...process.env }, fetch, brand: env().brand.name };
  delete process.env.BRAND_NAME;
  resetEnvironment();
  expect(env().brand.name).not.toBe(before.brand);
  process.env.SUPPORT_HOURS = "never";
  vi.stubEnv("EMAIL_TRANSPORT", "smtp");
  vi.stubGlobal("fetch", () => "nothing");
  vi.useFakeTimers({ now: 0 });
  vi.spyOn(words, "say").mockReturnValue("otherwise");
  putBack();
  expect({ environment: process.env, fetch }).toMatchObject({
    environment: before.environment,
    fetch: before.fetch,
  });
  // Unset, or empty as `npm test` hands it on.
  expect(process.env.SUPPORT_HOURS).toBe(before.environment.SUPPORT_HOURS);
  expect(env().brand.name).toBe(before.brand);
  expect(Date.now()).toBeGreaterThan(0);
  expect(vi.isFakeTimers()).toBe(false);
  expect(words.say()).toBe("as before");
});
