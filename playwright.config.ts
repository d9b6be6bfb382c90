import { defineConfig } from "@playwright/test";

const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  outputDir: `test-results/${process.env.PORTARIA_TEST_RUN ?? "latest"}`,
  globalSetup: "./lib/testing/e2e-servers.ts",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // Much of a test's time is waiting, for mail and for clocks: a third one keeps two cores busy meanwhile.
  workers: 3,
  // A second try where machines are shared and slow; what needed it is listed as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    browserName: "chromium",
    // Recording every first try would cost a quarter of the time. By hand: `npm test -- e2e --trace on`.
    trace: "on-first-retry",
    launchOptions: {
      executablePath: process.env.PORTARIA_CHROMIUM || undefined,
      args: [
        ...(asRoot ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
